package io.convoke.actors.webbridge;

import java.time.Duration;
import java.util.UUID;

/**
 * What a web bridge is started with.
 *
 * @param webbridge its GUID; may be new at each start
 * @param name what the core shows it as, such as the host's name
 * @param software name and version
 * @param iceTransportPolicy {@code all} or {@code relay}, handed to clients
 * @param webSocketPath of the session WebSocket
 * @param joinTimeout after which a join that the callbridge has not answered is refused
 * @param maxJoinsWaiting joins on their way to callbridges at once; one more is refused with {@code tooBusy}
 * @param maxSessions session WebSockets at once
 * @param sessionlessFor how long a participant without a session keeps the access to the relay
 * @param maxTraceBuffered trace events kept while no link is up; the oldest is dropped
 * @param forwardTrace whether the edge's trace events travel to the core: true in a process of its own; false where edge and core share a journal
 */
public record EdgeSettings(
        UUID webbridge,
        String name,
        String software,
        String iceTransportPolicy,
        String webSocketPath,
        Duration joinTimeout,
        int maxJoinsWaiting,
        int maxSessions,
        Duration sessionlessFor,
        int maxTraceBuffered,
        boolean forwardTrace) {
    /** Everything but the identity as a single node wants it. */
    public static EdgeSettings defaults(UUID webbridge, String name, String software) {
        return new EdgeSettings(
                webbridge,
                name,
                software,
                "all",
                "/api/session",
                Duration.ofSeconds(20),
                256,
                5_000,
                Duration.ofSeconds(60),
                2_000,
                false);
    }
}
