package io.convoke.media.sfu;

/**
 * When a video source is asked for a keyframe (PLI, RFC 4585 §6.3.1): at once when somebody needs one, not again within
 * {@link #LEAST_GAP_NANOS}, and again and again, ever slower, until one arrives.
 */
final class KeyframePolicy {
    static final long LEAST_GAP_NANOS = 500_000_000;
    static final long LONGEST_GAP_NANOS = 4_000_000_000L;

    private boolean wanted;
    private boolean asked;
    private long lastNanos;
    private long gapNanos = LEAST_GAP_NANOS;

    /** Somebody needs a keyframe; {@link #due} says when to ask for it. */
    void want() {
        wanted = true;
    }

    /** Whether to ask now; counts as having asked. */
    boolean due(long nowNanos) {
        if (!wanted || (asked && nowNanos - lastNanos < gapNanos)) {
            return false;
        }
        gapNanos = asked ? Math.min(gapNanos * 2, LONGEST_GAP_NANOS) : LEAST_GAP_NANOS;
        asked = true;
        lastNanos = nowNanos;
        return true;
    }

    /** A keyframe begins to arrive: nobody waits any more. */
    void arrived() {
        wanted = false;
        gapNanos = LEAST_GAP_NANOS;
    }
}
