package io.convoke.protocols.turn;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bandwidth of one user or one source: refills steadily up to a burst. Kept as one number, the time at which the
 * bucket would be full again, so that taking a slice is one compare-and-set.
 */
public final class BandwidthBucket implements BandwidthMeter {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int SLICES_PER_SECOND = 50;
    private static final int LEAST_SLICE_BYTES = 2_048;
    private static final int MOST_SLICE_BYTES = 65_536;

    private final long bytesPerSecond;
    private final long burstNanos;
    private final int sliceBytes;
    private final AtomicLong fullAtNanos;

    /**
     * A full bucket.
     *
     * @param bytesPerSecond 1 to 2^40
     * @param burstBytes what it holds, at least 65,536 so that the longest packet can pass
     * @param nowNanos of the clock that all who take from it use
     */
    public BandwidthBucket(long bytesPerSecond, long burstBytes, long nowNanos) {
        if (bytesPerSecond < 1 || bytesPerSecond > 1L << 40) {
            throw new IllegalArgumentException("Expected 1 to 2^40 bytes per second, but got " + bytesPerSecond);
        }
        if (burstBytes < MOST_SLICE_BYTES) {
            throw new IllegalArgumentException("Expected a burst of at least 65,536 bytes, but got " + burstBytes);
        }
        this.bytesPerSecond = bytesPerSecond;
        this.burstNanos = nanos((double) burstBytes);
        this.sliceBytes =
                (int) Math.min(Math.max(bytesPerSecond / SLICES_PER_SECOND, LEAST_SLICE_BYTES), MOST_SLICE_BYTES);
        this.fullAtNanos = new AtomicLong(nowNanos);
    }

    /** A meter that gives what both have. */
    public static BandwidthMeter both(BandwidthBucket first, BandwidthBucket second) {
        int slice = Math.min(first.sliceBytes, second.sliceBytes);
        return (wantedBytes, nowNanos) -> {
            for (int bytes = Math.max(wantedBytes, slice); ; bytes = wantedBytes) {
                if (first.tryTake(bytes, nowNanos)) {
                    if (second.tryTake(bytes, nowNanos)) {
                        return bytes;
                    }
                    first.giveBack(bytes);
                }
                if (bytes == wantedBytes) {
                    return 0;
                }
            }
        };
    }

    @Override
    public long take(int wantedBytes, long nowNanos) {
        int slice = Math.max(wantedBytes, sliceBytes);
        if (tryTake(slice, nowNanos)) {
            return slice;
        }
        return slice > wantedBytes && tryTake(wantedBytes, nowNanos) ? wantedBytes : 0;
    }

    private boolean tryTake(int bytes, long nowNanos) {
        long cost = nanos(bytes);
        while (true) {
            long fullAt = fullAtNanos.get();
            long missing = Math.max(fullAt - nowNanos, 0);
            if (missing + cost > burstNanos) {
                return false;
            }
            if (fullAtNanos.compareAndSet(fullAt, nowNanos + missing + cost)) {
                return true;
            }
        }
    }

    private void giveBack(int bytes) {
        fullAtNanos.addAndGet(-nanos(bytes));
    }

    private long nanos(int bytes) {
        return bytes * NANOS_PER_SECOND / bytesPerSecond;
    }

    private long nanos(double bytes) {
        return (long) (bytes * NANOS_PER_SECOND / bytesPerSecond);
    }
}
