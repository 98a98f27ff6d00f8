package io.convoke.bench;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** Durations in nanoseconds, collected from any thread up to a fixed number, read as percentiles. */
final class Distribution {
    private final long[] nanos;
    private final AtomicInteger count = new AtomicInteger();

    Distribution(int capacity) {
        this.nanos = new long[capacity];
    }

    void add(long durationNanos) {
        int i = count.getAndIncrement();
        if (i < nanos.length) {
            nanos[i] = durationNanos;
        }
    }

    int count() {
        return Math.min(count.get(), nanos.length);
    }

    /** The given percentile (above 0, up to 100; nearest rank) in milliseconds; not a number when nothing was collected. */
    double millis(double percentile) {
        int n = count();
        if (n == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, n);
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(percentile / 100 * n) - 1)] / 1e6;
    }
}
