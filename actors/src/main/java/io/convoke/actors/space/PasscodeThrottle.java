package io.convoke.actors.space;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What a wrong passcode costs: answers to a source that guessed wrong are delayed, longer each time, and at last
 * refused for a while; so are, after many more mistakes, answers for a space that many sources guess at. Pure: time
 * is passed in, in nanoseconds of any monotonic clock. Not safe for threads: one actor owns it.
 *
 * <p>Each {@link Go} must be followed by exactly one of {@link #failed}, {@link #succeeded} or {@link #abandoned} with
 * the same source and space: guesses under way count as mistakes too beyond a few, so that guessing in parallel gains
 * nothing.
 */
public final class PasscodeThrottle {
    /** What to do with an attempt. */
    public sealed interface Decision permits Go, Refuse {}

    /** Check the passcode, and answer no sooner than after the delay. */
    public record Go(Duration delay) implements Decision {}

    /** Do not look at the passcode at all; the caller may come back after this time. */
    public record Refuse(Duration retryAfter) implements Decision {}

    /**
     * How patient to be.
     *
     * @param firstDelay delay after the first mistake; doubles with each further one
     * @param maxDelay longest delay; beyond it attempts are refused
     * @param maxRefusal longest time that a source is refused after its last mistake
     * @param maxSpaceRefusal longest time that a space refuses everybody: short, or guessing would lock people out
     * @param freeSpaceMistakes mistakes that a space forgives before it delays anybody
     * @param freeParallel attempts under way that a source may have without a mistake counted for them; 8 times as
     *     many while it has made none, since a whole school may sit behind one address
     * @param forget how long after its last mistake a source or space starts afresh
     * @param mostKept how many sources, and how many spaces, are remembered; those quiet for longest are forgotten first
     */
    public record Settings(
            Duration firstDelay,
            Duration maxDelay,
            Duration maxRefusal,
            Duration maxSpaceRefusal,
            int freeSpaceMistakes,
            int freeParallel,
            Duration forget,
            int mostKept) {
        /** 0.25 s doubling to 8 s; refusals up to 5 minutes, of a space up to 30 s; 20 free; forgotten in 15 minutes. */
        public static Settings standard() {
            return new Settings(
                    Duration.ofMillis(250),
                    Duration.ofSeconds(8),
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(30),
                    20,
                    8,
                    Duration.ofMinutes(15),
                    10_000);
        }
    }

    private static final int INNOCENT_FACTOR = 8;

    private final Settings settings;
    private final Map<String, GuessCounter> sources;
    private final Map<UUID, GuessCounter> spaces;

    public PasscodeThrottle(Settings settings) {
        this.settings = settings;
        this.sources = bounded(settings.mostKept());
        this.spaces = bounded(settings.mostKept());
    }

    /** Asks before a passcode is looked at. */
    public Decision check(String source, UUID space, long nowNanos) {
        GuessCounter from = sources.computeIfAbsent(source, unseen -> new GuessCounter());
        GuessCounter at = spaces.computeIfAbsent(space, unseen -> new GuessCounter());
        from.forgetAfter(settings.forget(), nowNanos);
        at.forgetAfter(settings.forget(), nowNanos);
        int free = settings.freeParallel() * (from.mistakes() == 0 ? INNOCENT_FACTOR : 1);
        int fromSteps = from.mistakes() + Math.max(0, from.underWay() - free);
        int atSteps = Math.max(0, at.mistakes() - settings.freeSpaceMistakes());
        Duration fromPenalty = penalty(fromSteps);
        Duration atPenalty = penalty(atSteps);
        Duration refusal = longer(
                refusal(from, fromPenalty, settings.maxRefusal(), nowNanos),
                refusal(at, atPenalty, settings.maxSpaceRefusal(), nowNanos));
        if (!refusal.isZero()) {
            return new Refuse(refusal);
        }
        from.begin(nowNanos);
        at.begin(nowNanos);
        Duration delay = longer(fromPenalty, atPenalty);
        return new Go(delay.compareTo(settings.maxDelay()) > 0 ? settings.maxDelay() : delay);
    }

    /** The passcode was wrong. */
    public void failed(String source, UUID space, long nowNanos) {
        sources.computeIfAbsent(source, unseen -> new GuessCounter()).failed(space, nowNanos);
        spaces.computeIfAbsent(space, unseen -> new GuessCounter()).failed(space, nowNanos);
    }

    /**
     * The passcode was right. The source's mistakes are forgiven if all were made at this space: a right passcode of
     * one's own space buys no guesses elsewhere. The space's count stays: it is about others too.
     */
    public void succeeded(String source, UUID space) {
        GuessCounter from = sources.get(source);
        if (from != null) {
            from.succeeded(space);
        }
        end(spaces.get(space));
    }

    /** The attempt ended with no answer about the passcode, as when the database is away. */
    public void abandoned(String source, UUID space) {
        end(sources.get(source));
        end(spaces.get(space));
    }

    private static void end(@org.jspecify.annotations.Nullable GuessCounter counter) {
        if (counter != null) {
            counter.end();
        }
    }

    /** 0, then the first delay doubled with each mistake; never over the longest refusal, so that it cannot overflow. */
    private Duration penalty(int steps) {
        if (steps == 0) {
            return Duration.ZERO;
        }
        Duration penalty = settings.firstDelay();
        for (int i = 1; i < steps && penalty.compareTo(settings.maxRefusal()) < 0; i++) {
            penalty = penalty.multipliedBy(2);
        }
        return penalty.compareTo(settings.maxRefusal()) > 0 ? settings.maxRefusal() : penalty;
    }

    /** What is left of the penalty since the last mistake, where it is too long to be waited for as a delay. */
    private Duration refusal(GuessCounter counter, Duration penalty, Duration most, long nowNanos) {
        if (penalty.compareTo(settings.maxDelay()) <= 0) {
            return Duration.ZERO;
        }
        Duration whole = penalty.compareTo(most) > 0 ? most : penalty;
        Duration left = whole.minusNanos(nowNanos - counter.lastNanos());
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static <K> Map<K, GuessCounter> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, GuessCounter> eldest) {
                return size() > most;
            }
        };
    }
}
