package io.convoke.actors.relay;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** So many lines a second may be written, and what is beyond is counted. Thread-safe. */
final class LineBudget {
    private static final int COUNT_BITS = 20;
    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

    private final int perSecond;
    private final AtomicLong secondAndCount = new AtomicLong();
    private final LongAdder dropped = new LongAdder();

    LineBudget(int perSecond) {
        this.perSecond = perSecond;
    }

    boolean take(long nowNanos) {
        long second = TimeUnit.NANOSECONDS.toSeconds(nowNanos) & Long.MAX_VALUE >>> COUNT_BITS;
        long after = secondAndCount.updateAndGet(before ->
                before >>> COUNT_BITS != second ? second << COUNT_BITS | 1 : Math.min(before + 1, before | COUNT_MASK));
        if ((after & COUNT_MASK) <= perSecond) {
            return true;
        }
        dropped.increment();
        return false;
    }

    /** Those beyond the budget since the last time this was asked. */
    long dropped() {
        return dropped.sumThenReset();
    }
}
