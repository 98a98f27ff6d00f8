package io.convoke.http.api;

import java.time.Duration;

/**
 * Bounds of the API.
 *
 * @param maxBodyBytes of a request
 * @param bodyTimeout within which a body must have arrived
 * @param stateTimeout for each actor's answer where states are asked for
 */
public record ApiSettings(int maxBodyBytes, Duration bodyTimeout, Duration stateTimeout) {
    public static ApiSettings defaults() {
        return new ApiSettings(64 << 10, Duration.ofSeconds(10), Duration.ofSeconds(2));
    }
}
