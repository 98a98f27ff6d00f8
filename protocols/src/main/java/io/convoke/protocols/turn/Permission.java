package io.convoke.protocols.turn;

/** A peer's IP that may send to an allocation and be sent to (RFC 8656 §9). */
public final class Permission {
    private final TransportAddress peer;
    private long expiresAtNanos;
    private int channels;

    Permission(TransportAddress peer) {
        this.peer = peer;
    }

    /** The IP; its port is 0. */
    public TransportAddress peer() {
        return peer;
    }

    /** When it ends. */
    public long expiresAtNanos() {
        return expiresAtNanos;
    }

    /** Whether it has not ended. */
    public boolean holds(long nowNanos) {
        return expiresAtNanos - nowNanos > 0;
    }

    void refresh(long untilNanos) {
        expiresAtNanos = untilNanos;
    }

    /** Channels to this IP, which keep the object in place past its end. */
    int channels() {
        return channels;
    }

    void addChannels(int change) {
        channels += change;
    }
}
