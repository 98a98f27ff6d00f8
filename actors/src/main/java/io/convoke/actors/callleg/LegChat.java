package io.convoke.actors.callleg;

import akka.actor.typed.RecipientRef;
import io.convoke.actors.chat.ChatEvent;
import io.convoke.actors.chat.ChatRoomCommand;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A call leg's line to its meeting's chat. */
final class LegChat {
    private final UUID participant;
    private final Function<UUID, RecipientRef<ChatRoomCommand>> rooms;

    /** {@code rooms}: where a space's chat is found. */
    LegChat(UUID participant, Function<UUID, RecipientRef<ChatRoomCommand>> rooms) {
        this.participant = participant;
        this.rooms = rooms;
    }

    /** The client is there, and knows nothing of the chat. */
    void enter(@Nullable LegDetails leg) {
        if (leg != null) {
            rooms.apply(leg.space()).tell(new ChatRoomCommand.Enter(participant));
        }
    }

    void say(@Nullable LegDetails leg, ClientMessage.Chat chat) {
        if (leg != null) {
            rooms.apply(leg.space()).tell(new ChatRoomCommand.Say(participant, leg.name(), chat.id(), chat.text()));
        }
    }

    /** What the client is told of it. */
    String message(ChatEvent event) {
        if (event instanceof ChatEvent.Said said) {
            return ChatJson.said(said, participant);
        } else if (event instanceof ChatEvent.HistoryIs is) {
            return ChatJson.history(is, participant);
        } else if (event instanceof ChatEvent.PeopleAre are) {
            return ChatJson.people(are);
        } else if (event instanceof ChatEvent.Refused refused) {
            return ServerMessages.error(refused.code(), refused.detail(), null, null, refused.inReplyTo());
        }
        throw new IllegalStateException("Expected a known event, but found " + event.getClass());
    }
}
