package io.convoke.protocols.turn;

import io.convoke.protocols.stun.StunError;
import java.util.List;

/** CreatePermission (RFC 8656 §10.2): all peers or none. */
final class CreatePermissionHandler {
    private static final int OK = 0;

    private final Shard shard;

    CreatePermissionHandler(Shard shard) {
        this.shard = shard;
    }

    void handle(Request request) {
        Allocation allocation = shard.own(request);
        if (allocation == null) {
            return;
        }
        List<TransportAddress> peers = request.peers();
        int refusal = peers == null || peers.isEmpty() ? StunError.BAD_REQUEST : check(allocation, peers);
        if (refusal != OK || peers == null) {
            shard.answers().error(request, refusal);
            return;
        }
        long untilNanos = request.nowNanos() + Lifetimes.PERMISSION_NANOS;
        for (int i = 0; i < peers.size(); i++) {
            allocation.permit(peers.get(i), untilNanos);
        }
        shard.allocations().mayEndAt(allocation, untilNanos);
        shard.answers().send(request, shard.answers().success(request));
    }

    private int check(Allocation allocation, List<TransportAddress> peers) {
        int added = 0;
        for (int i = 0; i < peers.size(); i++) {
            TransportAddress peer = peers.get(i);
            if (allocation.relayPort(AddressFamily.of(peer)) == null) {
                return StunError.PEER_ADDRESS_FAMILY_MISMATCH;
            }
            boolean stands = allocation.hasPermission(peer);
            if (stands ? !isKept(peer) : !isAllowed(peer)) {
                shard.policy().peerRefused(allocation.username(), peer);
                return StunError.FORBIDDEN;
            }
            added += stands ? 0 : 1;
        }
        int most = shard.settings().limits().maxPermissions();
        return allocation.permissionCount() + added > most ? StunError.INSUFFICIENT_CAPACITY : OK;
    }

    /** The permission will be for the IP (§10.2), but the port says who is meant: it opens no IP of which this port is not allowed. */
    private boolean isAllowed(TransportAddress peer) {
        return peer.port() == 0
                ? shard.policy().allowsPeerIp(peer)
                : shard.policy().allowsPeer(peer);
    }

    private boolean isKept(TransportAddress peer) {
        return peer.port() == 0
                ? shard.policy().keepsPeerIp(peer)
                : shard.policy().keepsPeer(peer);
    }
}
