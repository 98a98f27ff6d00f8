package io.convoke.protocols.turn;

import java.util.concurrent.TimeUnit;

/**
 * How many requests without credentials a source may have answered. Sources are told apart by a seeded hash of their IP into a fixed number of
 * places, so memory stays the same under any flood of spoofed addresses; the few that meet in one place share its rate. An IPv6 source is its
 * /64 network.
 */
public final class SourceLimiter {
    private static final int PLACE_BITS = 13;

    /** How long, from the first time seen, what each place has used up lasts: it shrinks with time and grows by an answer's share. */
    private final long[] usedUpNanos = new long[1 << PLACE_BITS];

    private final long answerNanos;
    private final long burstNanos;
    private final long seed;
    private long originNanos;
    private boolean begun;

    /** @param seed that nobody can guess */
    public SourceLimiter(TurnLimits.AnonymousRate rate, long seed) {
        answerNanos = Math.max(1, TimeUnit.SECONDS.toNanos(1) / rate.perSecond());
        burstNanos = answerNanos * rate.burst();
        this.seed = seed;
    }

    public boolean admits(TransportAddress source, long nowNanos) {
        if (!begun) {
            begun = true;
            originNanos = nowNanos;
        }
        long now = nowNanos - originNanos;
        int place = place(source);
        long after = Math.max(usedUpNanos[place], now) + answerNanos;
        if (after - now > burstNanos) {
            return false;
        }
        usedUpNanos[place] = after;
        return true;
    }

    private int place(TransportAddress source) {
        long network = source.isIpv4() ? source.low() : source.high();
        long mixed = (network ^ seed) * 0x9E3779B97F4A7C15L;
        return (int) (((mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L) >>> (Long.SIZE - PLACE_BITS));
    }
}
