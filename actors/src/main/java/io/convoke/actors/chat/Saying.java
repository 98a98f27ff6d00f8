package io.convoke.actors.chat;

import io.convoke.protocols.xmpp.xml.Element;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way to everybody.
 *
 * @param number the participant's own number for it; 0 for an XMPP occupant's
 * @param stanza the XMPP occupant's stanza; null for a participant's
 */
record Saying(ChatMessage message, long number, @Nullable Element stanza) {
    /** {@code nick}: what the participant is called in the chat. */
    static Saying of(ChatRoomCommand.Say say, String nick, String text, Instant at) {
        ChatMessage message =
                new ChatMessage(UUID.randomUUID(), at, nick, ChatMessage.Kind.PARTICIPANT, say.participant(), text);
        return new Saying(message, say.number(), null);
    }

    static Saying of(MucDecision.Speak speak, Instant at) {
        ChatMessage message = new ChatMessage(
                UUID.randomUUID(), at, speak.occupant().nick(), ChatMessage.Kind.XMPP, null, speak.text());
        return new Saying(message, 0, speak.stanza());
    }
}
