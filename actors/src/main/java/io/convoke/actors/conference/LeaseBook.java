package io.convoke.actors.conference;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Until when each instance might still admit by a lease that the conference gave: what a lock has to wait for. Pure: the time is an argument, in
 * nanoseconds of one monotonic clock. An instance that is dropped stays in the book until its lease has run out, because it may be alive behind a
 * partition.
 */
public final class LeaseBook {
    private final long leaseNanos;
    private final int driftPermille;
    private final Map<UUID, Long> ends = new HashMap<>();
    private long unknownEnd;
    private boolean unknown;

    public LeaseBook(long leaseNanos, int driftPermille) {
        this.leaseNanos = leaseNanos;
        this.driftPermille = driftPermille;
    }

    /** After a recovery: any instance may hold a lease that the conference gave in the last moment of its former life. */
    public void recovered(long nowNanos) {
        unknown = true;
        unknownEnd = end(nowNanos);
    }

    /** A lease is given now. */
    public void granted(UUID instance, long nowNanos) {
        ends.put(instance, end(nowNanos));
    }

    /** The instance has confirmed that it is locked, so its lease is void. */
    public void confirmed(UUID instance) {
        ends.remove(instance);
    }

    /** Whether anybody might still admit. */
    public boolean outstanding(long nowNanos) {
        ends.values().removeIf(end -> end - nowNanos <= 0);
        unknown = unknown && unknownEnd - nowNanos > 0;
        return unknown || !ends.isEmpty();
    }

    /** When the last lease has run out for certain; {@code nowNanos} if none is outstanding. */
    public long clearAtNanos(long nowNanos) {
        long latest = nowNanos;
        for (long end : ends.values()) {
            latest = end - latest > 0 ? end : latest;
        }
        return unknown && unknownEnd - latest > 0 ? unknownEnd : latest;
    }

    private long end(long nowNanos) {
        return nowNanos + leaseNanos + leaseNanos / 1000 * driftPermille;
    }
}
