package io.convoke.actors.chat;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message that was said in a chat.
 *
 * @param at when it was taken
 * @param name of the sender in the chat
 * @param participant the sender's call leg, where it was a participant of the meeting
 */
public record ChatMessage(
        UUID id,
        Instant at,
        String name,
        Kind kind,
        @Nullable UUID participant,
        String body) {
    /** How the sender takes part. */
    public enum Kind {
        PARTICIPANT,
        XMPP
    }

    /** Never what was said. */
    @Override
    public String toString() {
        return "ChatMessage[" + id + " " + at + " " + kind + "]";
    }
}
