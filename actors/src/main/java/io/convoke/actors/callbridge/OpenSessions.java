package io.convoke.actors.callbridge;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The sessions that came in over one C2W link. */
final class OpenSessions {
    /** A client's present connection, and the space its conference is found by. */
    record Session(UUID connection, UUID space) {}

    private final Map<UUID, Session> byParticipant = new HashMap<>();

    void open(UUID participant, UUID connection, UUID space) {
        byParticipant.put(participant, new Session(connection, space));
    }

    @Nullable
    Session get(UUID participant) {
        return byParticipant.get(participant);
    }

    /** False where another connection has taken over since. */
    boolean close(UUID participant, UUID connection) {
        Session session = byParticipant.get(participant);
        if (session == null || !session.connection().equals(connection)) {
            return false;
        }
        byParticipant.remove(participant);
        return true;
    }

    void remove(UUID participant) {
        byParticipant.remove(participant);
    }

    void forEach(BiConsumer<UUID, Session> each) {
        byParticipant.forEach(each);
    }

    void closeAll(BiConsumer<UUID, Session> each) {
        byParticipant.forEach(each);
        byParticipant.clear();
    }

    int size() {
        return byParticipant.size();
    }
}
