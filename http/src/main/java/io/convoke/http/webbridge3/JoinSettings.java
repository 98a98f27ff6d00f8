package io.convoke.http.webbridge3;

import java.time.Duration;

/**
 * Bounds of joins.
 *
 * @param maxBodyBytes of a request
 * @param bodyTimeout for the body to arrive in
 * @param answerTimeout for the Webbridge's answer; longer than its own, so that the better words win
 */
public record JoinSettings(int maxBodyBytes, Duration bodyTimeout, Duration answerTimeout) {
    public static JoinSettings defaults() {
        return new JoinSettings(64 << 10, Duration.ofSeconds(10), Duration.ofSeconds(20));
    }
}
