package io.convoke.protocols.turn;

import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunError;

/** ChannelBind (RFC 8656 §12.2). */
final class ChannelBindHandler {
    private static final int OK = 0;
    private static final int FIRST = 0x4000;
    private static final int LAST = 0x4FFF;
    private static final int LAST_BEFORE_RFC_8656 = 0x7FFF;

    private final Shard shard;

    ChannelBindHandler(Shard shard) {
        this.shard = shard;
    }

    void handle(Request request) {
        Allocation allocation = shard.own(request);
        if (allocation == null) {
            return;
        }
        int number = number(request);
        TransportAddress peer = request.peer();
        int refusal = peer == null ? StunError.BAD_REQUEST : check(allocation, number, peer);
        RelayPort port = peer == null ? null : allocation.relayPort(AddressFamily.of(peer));
        if (refusal != OK || peer == null || port == null) {
            shard.answers().error(request, refusal);
            return;
        }
        long permittedNanos = request.nowNanos() + Lifetimes.PERMISSION_NANOS;
        long boundNanos = request.nowNanos() + Lifetimes.CHANNEL_NANOS;
        allocation.bind(number, peer, port, allocation.permit(peer, permittedNanos), boundNanos);
        shard.allocations().mayEndAt(allocation, permittedNanos);
        shard.answers().send(request, shard.answers().success(request));
    }

    /** CHANNEL-NUMBER: the number, then two bytes of no meaning; -1 if absent or malformed. */
    private static int number(Request request) {
        long value = request.message().number(StunAttribute.CHANNEL_NUMBER);
        return value < 0 ? -1 : (int) (value >>> 16);
    }

    private int check(Allocation allocation, int number, TransportAddress peer) {
        int last = shard.settings().oldChannels() ? LAST_BEFORE_RFC_8656 : LAST;
        if (number < FIRST || number > last || allocation.peerTransport() != PeerTransport.UDP) {
            return StunError.BAD_REQUEST;
        }
        Channel sameNumber = allocation.channel(number);
        Channel samePeer = allocation.channelOf(peer.high(), peer.low(), peer.port());
        if (sameNumber != samePeer) {
            return StunError.BAD_REQUEST; // the number has another peer, or the peer another number
        }
        if (allocation.relayPort(AddressFamily.of(peer)) == null) {
            return StunError.PEER_ADDRESS_FAMILY_MISMATCH;
        }
        boolean allowed = samePeer == null
                ? shard.policy().allowsPeer(peer)
                : shard.policy().keepsPeer(peer);
        if (!allowed) {
            shard.policy().peerRefused(allocation.username(), peer);
            return StunError.FORBIDDEN;
        }
        TurnLimits limits = shard.settings().limits();
        boolean room = sameNumber != null || allocation.channelCount() < limits.maxChannels();
        boolean permissible = allocation.hasPermission(peer) || allocation.permissionCount() < limits.maxPermissions();
        return room && permissible ? OK : StunError.INSUFFICIENT_CAPACITY;
    }
}
