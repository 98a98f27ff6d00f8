package io.convoke.http.state;

import java.time.Duration;

/**
 * Bounds of the state interface.
 *
 * @param timeout for each actor's or node's answer
 * @param heartbeat of a stream of events on which nothing happens
 * @param eventBuffer events waiting for a reader; with more of them the oldest go
 */
public record StateSettings(Duration timeout, Duration heartbeat, int eventBuffer) {
    public static StateSettings defaults() {
        return new StateSettings(Duration.ofSeconds(2), Duration.ofSeconds(10), 256);
    }
}
