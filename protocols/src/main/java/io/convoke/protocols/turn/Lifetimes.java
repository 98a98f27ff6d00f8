package io.convoke.protocols.turn;

import io.convoke.protocols.stun.StunAttribute;
import java.util.concurrent.TimeUnit;

/** How long things last (RFC 8656 §7.2, §8, §9, §12). */
final class Lifetimes {
    /** LIFETIME of another length than four bytes. */
    static final int MALFORMED = -1;

    static final long PERMISSION_NANOS = TimeUnit.MINUTES.toNanos(5);
    static final long CHANNEL_NANOS = TimeUnit.MINUTES.toNanos(10);

    private Lifetimes() {}

    /** Seconds an allocation gets: what is asked for, not above the maximum, and if that is less than the default, the default. */
    static int granted(Request request, TurnLimits limits) {
        if (!request.has(StunAttribute.LIFETIME)) {
            return limits.defaultLifetimeSeconds();
        }
        long asked = request.message().number(StunAttribute.LIFETIME);
        if (asked < 0) {
            return MALFORMED;
        }
        return (int) Math.max(limits.defaultLifetimeSeconds(), Math.min(asked, limits.maxLifetimeSeconds()));
    }

    static long after(long nowNanos, int seconds) {
        return nowNanos + TimeUnit.SECONDS.toNanos(seconds);
    }
}
