package io.convoke.bench;

import java.util.Arrays;

/** Durations in nanoseconds, collected from any thread up to a fixed number, read as percentiles. */
final class Distribution {
    private final long[] nanos;
    private final java.util.concurrent.atomic.AtomicInteger count = new java.util.concurrent.atomic.AtomicInteger();

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

    /** The given percentile (0–100) in milliseconds; not a number when nothing was collected. */
    double millis(double percentile) {
        int n = count();
        if (n == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, n);
        Arrays.sort(sorted);
        return sorted[Math.min(n - 1, (int) Math.ceil(percentile / 100 * n) - (percentile == 0 ? 0 : 1))] / 1e6;
    }
}
