package io.convoke.media.relay;

import io.netty.channel.IoEventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Wakes a loop at its server's deadline, and each second for its counts. On the loop's thread. */
final class LoopTimer {
    private static final long SECOND_NANOS = 1_000_000_000;
    /** Deadlines closer than this are met together. */
    private static final long LEAST_NANOS = 5_000_000;

    private final IoEventLoop eventLoop;
    private final Runnable timeout;
    private final Future<?> seconds;
    private @Nullable Future<?> armed;
    private long armedForNanos;

    LoopTimer(IoEventLoop eventLoop, Runnable timeout, Runnable second) {
        this.eventLoop = eventLoop;
        this.timeout = timeout;
        seconds = eventLoop.scheduleAtFixedRate(second, SECOND_NANOS, SECOND_NANOS, TimeUnit.NANOSECONDS);
    }

    /** The server's deadline, {@link Long#MAX_VALUE} for none. A later one than before is met by way of the earlier. */
    void deadline(long nowNanos, long deadlineNanos) {
        if (deadlineNanos == Long.MAX_VALUE || (armed != null && armedForNanos - deadlineNanos <= 0)) {
            return;
        }
        if (armed != null) {
            armed.cancel(false);
        }
        armedForNanos = deadlineNanos;
        armed = eventLoop.schedule(this::due, Math.max(LEAST_NANOS, deadlineNanos - nowNanos), TimeUnit.NANOSECONDS);
    }

    private void due() {
        armed = null;
        timeout.run();
    }

    void stop() {
        seconds.cancel(false);
        if (armed != null) {
            armed.cancel(false);
        }
    }
}
