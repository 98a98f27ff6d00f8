package io.convoke.protocols.turn;

import org.jspecify.annotations.Nullable;

/** A number for a peer, which saves the address in each packet (RFC 8656 §12). */
public final class Channel {
    private final int number;
    private final TransportAddress peer;
    private final RelayPort port;
    private final Permission permission;
    private long expiresAtNanos;
    private @Nullable Object attachment;

    Channel(int number, TransportAddress peer, RelayPort port, Permission permission) {
        this.number = number;
        this.peer = peer;
        this.port = port;
        this.permission = permission;
    }

    /** 0x4000..0x7FFF. */
    public int number() {
        return number;
    }

    /** Where its packets go and come from. */
    public TransportAddress peer() {
        return peer;
    }

    /** The allocation's port of the peer's family. */
    public RelayPort port() {
        return port;
    }

    /** When it ends unless it is bound again. */
    public long expiresAtNanos() {
        return expiresAtNanos;
    }

    /** Whether packets from the peer may pass: a channel lasts longer than the permission it came with. */
    public boolean permits(long nowNanos) {
        return permission.holds(nowNanos);
    }

    /** What the owner keeps here; the machine never looks at it. */
    public @Nullable Object attachment() {
        return attachment;
    }

    /** Keeps something for the owner. */
    public void attach(@Nullable Object object) {
        attachment = object;
    }

    Permission permission() {
        return permission;
    }

    void refresh(long untilNanos) {
        expiresAtNanos = untilNanos;
    }
}
