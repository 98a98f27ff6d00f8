package io.convoke.protocols.turn;

import org.jspecify.annotations.Nullable;

/**
 * One 5-tuple: a client as the server sees it. Its owner makes it when a message comes from an unknown place and keeps it from
 * {@link TurnOutput.Allocated} (streams: from the connection's begin) to {@link TurnOutput.Freed}; meanwhile the same object must come with
 * every message of that 5-tuple. Compared by identity.
 */
public final class Client {
    private final TurnListener listener;
    private final TransportAddress address;
    private @Nullable Allocation allocation;
    private @Nullable Allocation pending;
    private @Nullable Object attachment;
    private boolean gone;

    /** @param address where its messages come from */
    public Client(TurnListener listener, TransportAddress address) {
        this.listener = listener;
        this.address = address;
    }

    /** The socket it uses. */
    public TurnListener listener() {
        return listener;
    }

    /** How it reaches the server. */
    public Transport transport() {
        return listener.transport();
    }

    /** Where its messages come from. */
    public TransportAddress address() {
        return address;
    }

    /** Its allocation once {@link TurnOutput.Allocated} was given; null before and after. */
    public @Nullable Allocation allocation() {
        return allocation;
    }

    /** What the owner keeps here; the machine never looks at it. */
    public @Nullable Object attachment() {
        return attachment;
    }

    /** Keeps something for the owner. */
    public void attach(@Nullable Object object) {
        attachment = object;
    }

    void allocation(@Nullable Allocation of) {
        allocation = of;
    }

    /** The allocation whose ports are being opened; null mostly. */
    @Nullable
    Allocation pending() {
        return pending;
    }

    void pending(@Nullable Allocation of) {
        pending = of;
    }

    /** Whether its connection has ended. */
    boolean isGone() {
        return gone;
    }

    void goes() {
        gone = true;
    }

    @Override
    public String toString() {
        return transport() + " client on listener " + listener.index();
    }
}
