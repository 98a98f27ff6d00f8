package io.convoke.actors.trace;

import io.convoke.actors.state.ClusterMessage;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose story is asked for. With more than one field set the answer holds each one's story.
 *
 * @param participant GUID of a call leg
 * @param conference internal GUID, control/media GUID, call correlator, or the space's GUID for all its conferences
 * @param user user ID of a guest
 */
public record TraceQuery(
        @Nullable UUID participant,
        @Nullable UUID conference,
        @Nullable String user) implements ClusterMessage {
    /** Asks for one participant's life. */
    public static TraceQuery ofParticipant(UUID participant) {
        return new TraceQuery(participant, null, null);
    }

    /** Asks for one conference's life and that of everyone in it. */
    public static TraceQuery ofConference(UUID conference) {
        return new TraceQuery(null, conference, null);
    }

    /** Asks for one user's life. */
    public static TraceQuery ofUser(String user) {
        return new TraceQuery(null, null, user);
    }
}
