package io.convoke.protocols.turn;

import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunError;
import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.stun.StunWriter;

/** TCP connections of an allocation: Connect, ConnectionAttempt, ConnectionBind (RFC 6062 §5.2 to §5.4). */
final class ConnectHandler {
    private static final int OK = 0;
    private static final int TRANSACTION_ID_BYTES = 12;

    private final Shard shard;
    private final PeerConnections connections;

    ConnectHandler(Shard shard) {
        this.shard = shard;
        connections = shard.connections();
    }

    /** §5.2. */
    void connect(Request request) {
        Allocation allocation = shard.own(request);
        if (allocation == null) {
            return;
        }
        TransportAddress peer = request.peer();
        int refusal = peer == null ? StunError.BAD_REQUEST : check(allocation, peer);
        if (refusal != OK || peer == null) {
            shard.answers().error(request, refusal);
            return;
        }
        PeerConnection connection = connections.add(allocation, peer, request, request.nowNanos());
        shard.outputs().add(new TurnOutput.ConnectPeer(allocation, connection.id(), peer));
    }

    private int check(Allocation allocation, TransportAddress peer) {
        if (allocation.peerTransport() != PeerTransport.TCP) {
            return StunError.BAD_REQUEST;
        }
        if (allocation.relayPort(AddressFamily.of(peer)) == null) {
            return StunError.PEER_ADDRESS_FAMILY_MISMATCH;
        }
        if (connections.has(allocation, peer)) {
            return StunError.CONNECTION_ALREADY_EXISTS;
        }
        if (!shard.policy().allowsPeer(peer)) {
            shard.policy().peerRefused(allocation.username(), peer);
            return StunError.FORBIDDEN;
        }
        return hasRoom(allocation) ? OK : StunError.INSUFFICIENT_CAPACITY;
    }

    void connected(long nowNanos, int id) {
        PeerConnection connection = connections.get(id);
        Request request = connection == null ? null : connection.connect();
        if (connection == null || request == null) {
            shard.outputs().add(new TurnOutput.CloseConnection(id)); // too late
            return;
        }
        connection.stands();
        connections.await(connection, nowNanos);
        StunWriter answer =
                shard.answers().success(request).attribute(StunAttribute.CONNECTION_ID, PeerConnections.idBytes(id));
        shard.answers().send(request, answer);
    }

    void connectFailed(int id) {
        PeerConnection connection = connections.get(id);
        if (connection != null) {
            connections.fail(connection);
        }
    }

    /** §5.3: a peer connects; only one that is permitted. */
    int attempt(long nowNanos, Allocation allocation, TransportAddress peer) {
        boolean welcome = shard.allocations().get(allocation.id()) == allocation
                && allocation.permits(peer.high(), peer.low(), nowNanos)
                && !connections.has(allocation, peer)
                && hasRoom(allocation);
        if (!welcome) {
            return 0;
        }
        PeerConnection connection = connections.add(allocation, peer, null, nowNanos);
        byte[] transactionId = new byte[TRANSACTION_ID_BYTES];
        shard.random().nextBytes(transactionId);
        byte[] indication = StunWriter.begin(StunType.CONNECTION_ATTEMPT_INDICATION, transactionId)
                .attribute(StunAttribute.CONNECTION_ID, PeerConnections.idBytes(connection.id()))
                .xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer.high(), peer.low(), peer.port())
                .finish();
        shard.outputs().add(new TurnOutput.Reply(allocation.client(), indication, ReplyFrom.SAME, 0));
        return connection.id();
    }

    /** §5.4: a fresh connection of the client takes over one with a peer. */
    void bind(Request request) {
        long id = PeerConnections.idOf(request);
        PeerConnection connection = id < 0 ? null : connections.get((int) id);
        boolean fresh = request.from().transport().isStream()
                && request.allocation() == null
                && request.from().pending() == null;
        if (!fresh || connection == null || connection.isBound() || connection.connect() != null) {
            shard.answers().error(request, StunError.BAD_REQUEST);
            return;
        }
        if (!connection.allocation().username().equals(request.username())) {
            shard.answers().error(request, StunError.WRONG_CREDENTIALS);
            return;
        }
        connection.bind();
        shard.answers().send(request, shard.answers().success(request));
        shard.outputs().add(new TurnOutput.BindConnection(connection.id(), request.from()));
    }

    void closed(int id) {
        PeerConnection connection = connections.get(id);
        if (connection != null) {
            connections.remove(connection);
        }
    }

    private boolean hasRoom(Allocation allocation) {
        return connections.count(allocation) < shard.settings().limits().maxConnections();
    }
}
