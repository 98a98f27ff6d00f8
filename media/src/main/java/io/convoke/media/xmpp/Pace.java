package io.convoke.media.xmpp;

/** How fast one client's stanzas are taken: on average so many a second, with bursts; who is faster is to be read later. Pure. */
final class Pace {
    private final long intervalNanos;
    private final long burstNanos;
    /** When the stanzas taken so far would have come at the steady rate. */
    private long steadyNanos;

    Pace(int perSecond, int burst, long nowNanos) {
        intervalNanos = 1_000_000_000L / perSecond;
        burstNanos = intervalNanos * burst;
        steadyNanos = nowNanos;
    }

    /** A stanza has come; answers when the next one may be read, in the past where that is at once. */
    long take(long nowNanos) {
        steadyNanos = (steadyNanos - nowNanos > 0 ? steadyNanos : nowNanos) + intervalNanos;
        return steadyNanos - burstNanos;
    }
}
