package io.convoke.http.webbridge3;

import java.time.Duration;

/**
 * Bounds of a session WebSocket.
 *
 * @param authenticationTimeout for the first message
 * @param pingInterval between the server's pings
 * @param silence without any message after which the connection is given up
 * @param maxMessageBytes of one message
 * @param messagesPerSecond in the long run; three seconds' worth may come at once
 * @param maxQueuedMessages waiting for a client that does not read; with one more the connection is closed
 * @param maxQueuedBytes the same in bytes
 */
public record SessionLimits(
        Duration authenticationTimeout,
        Duration pingInterval,
        Duration silence,
        int maxMessageBytes,
        int messagesPerSecond,
        int maxQueuedMessages,
        int maxQueuedBytes) {
    public static SessionLimits defaults() {
        return new SessionLimits(
                Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(30), 256 << 10, 20, 512, 4 << 20);
    }
}
