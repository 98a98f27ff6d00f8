package io.convoke.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Lets publishers send at a steady rate each. */
final class PacedSender {
    private final List<Publisher> publishers;
    private final int atOnce;
    private final long gapNanos;

    private PacedSender(List<Publisher> publishers, int packetsPerSecond, int atOnce) {
        this.publishers = publishers;
        this.atOnce = atOnce;
        gapNanos = 1_000_000_000L * atOnce / packetsPerSecond / publishers.size();
    }

    /** The publishers' packets spread evenly over the period, as independent senders' are: the harder case for a server that sends in batches. */
    static PacedSender spread(List<Publisher> publishers, int packetsPerSecond) {
        return new PacedSender(publishers, packetsPerSecond, 1);
    }

    /** One packet of each publisher at once. */
    static PacedSender together(List<Publisher> publishers, int packetsPerSecond) {
        return new PacedSender(publishers, packetsPerSecond, publishers.size());
    }

    /** Sends in the caller's thread for so long; answers how many packets. */
    long send(int seconds) {
        long count = TimeUnit.SECONDS.toNanos(seconds) / gapNanos;
        long start = System.nanoTime();
        for (long i = 0; i < count; i++) {
            long due = start + i * gapNanos;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            for (int j = 0; j < atOnce; j++) {
                publishers.get((int) ((i * atOnce + j) % publishers.size())).next();
            }
        }
        return count * atOnce;
    }
}
