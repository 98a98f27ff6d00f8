package io.convoke.media.xmpp;

import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;

/** A peer that does not read: since when, and who waits until it does. On the channel's event loop. */
final class Stall {
    private final Channel channel;
    private final long patienceNanos;
    private final List<Runnable> waiting = new ArrayList<>(0);
    private long sinceNanos;

    Stall(Channel channel, long patienceNanos) {
        this.channel = channel;
        this.patienceNanos = patienceNanos;
    }

    /** Runs it once the channel takes bytes again, or is gone. */
    void await(Runnable then) {
        if (channel.isWritable() || !channel.isActive()) {
            then.run();
        } else {
            waiting.add(then);
        }
    }

    /** The channel's writability is another. Answers whether there is a new deadline. */
    boolean changed(long nowNanos) {
        if (channel.isWritable()) {
            sinceNanos = 0;
            release();
            return false;
        }
        boolean begins = sinceNanos == 0;
        if (begins) {
            sinceNanos = nowNanos;
        }
        return begins;
    }

    void release() {
        List<Runnable> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(Runnable::run);
    }

    /** {@code Long.MAX_VALUE}: never. */
    long deadlineNanos() {
        return sinceNanos == 0 ? Long.MAX_VALUE : sinceNanos + patienceNanos;
    }

    boolean isOver(long nowNanos) {
        return sinceNanos != 0 && nowNanos - sinceNanos - patienceNanos >= 0;
    }
}
