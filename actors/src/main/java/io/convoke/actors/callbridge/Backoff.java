package io.convoke.actors.callbridge;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** How long to wait before dialling again: doubled with each failure up to a most, and spread by a fifth so that many do not dial at once. */
final class Backoff {
    private static final double SPREAD = 0.2;

    private final Duration min;
    private final Duration max;
    private final DoubleSupplier random;
    private int failures;

    /** {@code random} gives numbers from 0 (inclusive) to 1 (exclusive). */
    Backoff(Duration min, Duration max, DoubleSupplier random) {
        this.min = min;
        this.max = max;
        this.random = random;
    }

    Duration next() {
        double doubled = min.toMillis() * Math.pow(2, Math.min(failures, 30));
        failures++;
        double capped = Math.min(doubled, (double) max.toMillis());
        return Duration.ofMillis(Math.round(capped * (1 - SPREAD + 2 * SPREAD * random.getAsDouble())));
    }

    void reset() {
        failures = 0;
    }

    int failures() {
        return failures;
    }
}
