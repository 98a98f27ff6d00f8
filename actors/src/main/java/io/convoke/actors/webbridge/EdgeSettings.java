package io.convoke.actors.webbridge;

import io.convoke.actors.c2w.IceServer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * What a web bridge is started with.
 *
 * @param webbridge its GUID; may be new at each start
 * @param name what the core shows it as, such as the host's name
 * @param software name and version
 * @param iceServers handed to clients, unchanged
 * @param webSocketPath of the session WebSocket
 * @param joinTimeout after which a join that the callbridge has not answered is refused
 * @param maxJoinsWaiting joins on their way to callbridges at once; one more is refused with {@code tooBusy}
 * @param maxSessions session WebSockets at once
 * @param maxTraceBuffered trace events kept while no link is up; the oldest is dropped
 * @param forwardTrace whether the edge's trace events travel to the core: true in a process of its own; false where edge and core share a journal
 */
public record EdgeSettings(
        UUID webbridge,
        String name,
        String software,
        List<IceServer> iceServers,
        String webSocketPath,
        Duration joinTimeout,
        int maxJoinsWaiting,
        int maxSessions,
        int maxTraceBuffered,
        boolean forwardTrace) {
    public EdgeSettings {
        iceServers = List.copyOf(iceServers);
    }

    /** Everything but the identity as a single node wants it. */
    public static EdgeSettings defaults(UUID webbridge, String name, String software) {
        return new EdgeSettings(
                webbridge, name, software, List.of(), "/api/session", Duration.ofSeconds(20), 256, 5_000, 2_000, false);
    }
}
