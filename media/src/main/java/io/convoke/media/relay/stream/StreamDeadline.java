package io.convoke.media.relay.stream;

import io.convoke.media.tcp.Wheel;

/** Until when a connection may go on as it does: in its handshake, without an allocation, or without reading. It is looked at now and then all its life. */
final class StreamDeadline implements Wheel.Due {
    /** What is done when time is over. */
    interface Owner {
        /** The handshake took too long. */
        void handshakeOver();

        /** There is no allocation, and no message came. */
        void idleOver();

        /** The peer does not read. */
        void stallOver();

        boolean isServed();

        /** See {@link StreamOutbox#progress}. */
        long progress();
    }

    private final Wheel wheel;
    private final Owner owner;
    private final long idleNanos;
    private final long stallNanos;
    private final Wheel.Entry entry = new Wheel.Entry(this);
    private boolean handshaking;
    private boolean stalled;
    private long progress;
    private long idleAtNanos;
    private long stallAtNanos;

    StreamDeadline(Wheel wheel, StreamLimits limits, Owner owner) {
        this.wheel = wheel;
        this.owner = owner;
        idleNanos = limits.idleTimeout().toNanos();
        stallNanos = limits.stallTimeout().toNanos();
    }

    /** Begins with a handshake that may last so long. */
    void handshaking(long nowNanos, long timeoutNanos) {
        handshaking = true;
        idleAtNanos = nowNanos + timeoutNanos;
        wheel.watch(entry);
    }

    /** A whole message came, or the handshake is done. */
    void active(long nowNanos) {
        handshaking = false;
        idleAtNanos = nowNanos + idleNanos;
        wheel.watch(entry);
    }

    /** The peer lets things pile up. */
    void stalled(long nowNanos) {
        if (!stalled) {
            stalled = true;
            progress = owner.progress();
            stallAtNanos = nowNanos + stallNanos;
            wheel.watch(entry);
        }
    }

    /** The peer has caught up. */
    void relieved() {
        stalled = false;
    }

    void end() {
        wheel.remove(entry);
        idleAtNanos = Long.MAX_VALUE;
        stalled = false;
    }

    @Override
    public long deadlineNanos() {
        return !stalled ? idleAtNanos : stallAtNanos - idleAtNanos < 0 ? stallAtNanos : idleAtNanos;
    }

    @Override
    public void handleTimeout(long nowNanos) {
        if (stalled && nowNanos - stallAtNanos >= 0) {
            long before = progress;
            progress = owner.progress();
            stallAtNanos = nowNanos + stallNanos;
            if (progress <= before) {
                owner.stallOver();
                return;
            }
        }
        if (nowNanos - idleAtNanos >= 0) {
            if (handshaking) {
                owner.handshakeOver();
            } else if (owner.isServed()) {
                idleAtNanos = nowNanos + idleNanos;
            } else {
                owner.idleOver();
            }
        }
    }
}
