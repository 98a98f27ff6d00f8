package io.convoke.media.relay;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * How many requests a source may have answered each second. Sources are told apart by a seeded hash of their address into a fixed number of
 * places, so memory stays the same under any flood of spoofed addresses; the few that meet in one place share its rate. Not thread-safe.
 */
final class SourceLimiter {
    private static final int PLACE_BITS = 13;
    private static final long SECOND_NANOS = 1_000_000_000;

    private final int[] counts = new int[1 << PLACE_BITS];
    private final int maxPerSecond;
    private final int seed;
    private long windowNanos;
    private boolean begun;

    SourceLimiter(int maxPerSecond, int seed) {
        this.maxPerSecond = maxPerSecond;
        this.seed = seed;
    }

    boolean admits(InetAddress source, long nowNanos) {
        if (!begun || nowNanos - windowNanos >= SECOND_NANOS) {
            begun = true;
            windowNanos = nowNanos;
            Arrays.fill(counts, 0);
        }
        int place = ((source.hashCode() ^ seed) * 0x9E3779B1) >>> (Integer.SIZE - PLACE_BITS);
        if (counts[place] >= maxPerSecond) {
            return false;
        }
        counts[place]++;
        return true;
    }
}
