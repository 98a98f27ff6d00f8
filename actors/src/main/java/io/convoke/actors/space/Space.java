package io.convoke.actors.space;

import io.convoke.actors.state.ClusterMessage;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A room that people join.
 *
 * @param id its GUID
 * @param name what people call it
 * @param uri the part before the @ of its address; unique, compared without regard to case
 * @param callId the digits that people type, or null when it has none
 * @param secret the secret of its link: only in the answer to its creation, null ever after (the database keeps a hash)
 * @param hasPasscode whether joining takes a passcode
 * @param participantLimit how many may be in it at once
 * @param locked whether it admits nobody from the start
 * @param chat whether it has a chat
 * @param chatHistory how many messages of the chat are kept; 0: nothing is stored
 */
public record Space(
        UUID id,
        String name,
        String uri,
        @Nullable String callId,
        @Nullable String secret,
        boolean hasPasscode,
        int participantLimit,
        boolean locked,
        boolean chat,
        int chatHistory)
        implements ClusterMessage {
    /** Everything but the secret. */
    @Override
    public String toString() {
        return "Space[" + id + " \"" + name + "\" " + uri + "]";
    }
}
