package io.convoke.actors.webbridge;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The web bridge's sessions, by connection and by participant; a participant has one at most. */
final class EdgeSessions {
    private final Map<UUID, EdgeSession> byConnection = new HashMap<>();
    private final Map<UUID, EdgeSession> byParticipant = new HashMap<>();

    void add(EdgeSession session) {
        byConnection.put(session.connection, session);
        byParticipant.put(session.token.participant(), session);
        session.link.sessions++;
    }

    void remove(EdgeSession session) {
        if (byConnection.remove(session.connection) != null) {
            byParticipant.remove(session.token.participant(), session);
            session.link.sessions--;
        }
    }

    @Nullable
    EdgeSession at(UUID connection) {
        return byConnection.get(connection);
    }

    @Nullable
    EdgeSession of(UUID participant) {
        return byParticipant.get(participant);
    }

    /** Null unless the participant's session came in over that link. */
    @Nullable
    EdgeSession of(UUID participant, LinkTable.Link link) {
        EdgeSession session = byParticipant.get(participant);
        return session == null || session.link != link ? null : session;
    }

    List<EdgeSession> on(LinkTable.Link link) {
        return byConnection.values().stream()
                .filter(session -> session.link == link)
                .toList();
    }

    Collection<EdgeSession> all() {
        return byConnection.values();
    }

    int size() {
        return byConnection.size();
    }
}
