package io.convoke.actors.chat;

import java.util.HashMap;
import java.util.Map;

/** How much each sender may still say: a token bucket of three seconds' worth. For one thread. */
final class Budget {
    private static final int BURST_SECONDS = 3;
    private static final int MOST_KEPT = 2000;
    private static final double NANOS_PER_SECOND = 1_000_000_000;

    private record Bucket(double tokens, long atNanos) {}

    private final int perSecond;
    private final Map<Object, Bucket> buckets = new HashMap<>();

    Budget(int perSecond) {
        this.perSecond = perSecond;
    }

    /** Whether the sender may say one more thing now. */
    boolean take(Object sender, long nowNanos) {
        double most = (double) perSecond * BURST_SECONDS;
        Bucket bucket = buckets.get(sender);
        double tokens = bucket == null
                ? most
                : Math.min(most, bucket.tokens + (nowNanos - bucket.atNanos) / NANOS_PER_SECOND * perSecond);
        if (buckets.size() >= MOST_KEPT) {
            buckets.values().removeIf(one -> nowNanos - one.atNanos > BURST_SECONDS * NANOS_PER_SECOND);
        }
        boolean may = tokens >= 1;
        buckets.put(sender, new Bucket(may ? tokens - 1 : tokens, nowNanos));
        return may;
    }
}
