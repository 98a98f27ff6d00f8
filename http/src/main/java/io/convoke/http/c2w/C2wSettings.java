package io.convoke.http.c2w;

import io.convoke.protocols.c2w.C2wLinkMachine;
import java.time.Duration;

/**
 * Bounds of C2W links.
 *
 * @param connectTimeout for a dial: name, TCP, TLS and WebSocket
 * @param helloTimeout for the exchange of hellos after that
 * @param keepAlive silence before a probe; a link silent for three times this is given up
 * @param requestTimeout after which a request without an answer counts no longer
 * @param maxInFlight unanswered requests on a link, in each direction
 * @param maxPayloadBytes of one message
 * @param maxQueuedMessages waiting for a peer that does not read; with one more the link is closed
 * @param maxQueuedBytes the same in bytes
 */
public record C2wSettings(
        Duration connectTimeout,
        Duration helloTimeout,
        Duration keepAlive,
        Duration requestTimeout,
        int maxInFlight,
        int maxPayloadBytes,
        int maxQueuedMessages,
        int maxQueuedBytes) {
    /** What suits a room of people on a real network. */
    public static C2wSettings defaults() {
        return new C2wSettings(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                1024,
                1 << 20,
                8192,
                16 << 20);
    }

    C2wLinkMachine.Settings machine() {
        return new C2wLinkMachine.Settings(
                keepAlive.toNanos(), helloTimeout.toNanos(), requestTimeout.toNanos(), maxInFlight, maxPayloadBytes);
    }
}
