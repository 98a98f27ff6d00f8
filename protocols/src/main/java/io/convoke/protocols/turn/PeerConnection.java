package io.convoke.protocols.turn;

import org.jspecify.annotations.Nullable;

/** A TCP connection between a relayed address and a peer (RFC 6062 §3). */
final class PeerConnection {
    private final int id;
    private final Allocation allocation;
    private final TransportAddress peer;
    private @Nullable Request connect;
    private boolean bound;
    private long endsNanos;

    /** @param connect the Connect request to answer when it stands; null: it came from the peer */
    PeerConnection(int id, Allocation allocation, TransportAddress peer, @Nullable Request connect) {
        this.id = id;
        this.allocation = allocation;
        this.peer = peer;
        this.connect = connect;
    }

    int id() {
        return id;
    }

    Allocation allocation() {
        return allocation;
    }

    TransportAddress peer() {
        return peer;
    }

    /** The request that waits for it to stand; null once it stands. */
    @Nullable
    Request connect() {
        return connect;
    }

    void stands() {
        connect = null;
    }

    /** Whether a client's connection is joined with it. */
    boolean isBound() {
        return bound;
    }

    void bind() {
        bound = true;
    }

    /** When it is closed unless it stands, or is bound, by then. */
    long endsNanos() {
        return endsNanos;
    }

    void endAt(long nanos) {
        endsNanos = nanos;
    }
}
