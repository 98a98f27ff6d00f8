package io.convoke.actors.trace;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that tests move by hand. */
final class Times implements InstantSource {
    private final AtomicReference<Instant> now;

    Times(String start) {
        this.now = new AtomicReference<>(Instant.parse(start));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    void advanceMillis(long millis) {
        now.updateAndGet(before -> before.plusMillis(millis));
    }
}
