package io.convoke.http.webbridge3;

/** So many messages a second in the long run, and three seconds' worth at once. */
final class MessageBudget {
    private static final int BURST_SECONDS = 3;
    private static final long SECOND_NANOS = 1_000_000_000;

    private final long costNanos;
    private final long fullNanos;
    private long savedNanos;
    private long lastNanos;

    MessageBudget(int messagesPerSecond, long nowNanos) {
        costNanos = SECOND_NANOS / messagesPerSecond;
        fullNanos = costNanos * messagesPerSecond * BURST_SECONDS;
        savedNanos = fullNanos;
        lastNanos = nowNanos;
    }

    /** Whether one more is in it. */
    boolean spend(long nowNanos) {
        savedNanos = Math.min(fullNanos, savedNanos + nowNanos - lastNanos);
        lastNanos = nowNanos;
        if (savedNanos < costNanos) {
            return false;
        }
        savedNanos -= costNanos;
        return true;
    }
}
