package io.convoke.actors.chat;

import io.convoke.actors.xmpp.StanzaRouter;
import io.convoke.protocols.xmpp.StanzaCondition;
import io.convoke.protocols.xmpp.Stanzas;
import io.convoke.protocols.xmpp.xml.Element;
import io.convoke.protocols.xmpp.xml.StreamParser;
import java.util.UUID;

/** Everybody in a room, whichever way they came: who hears what. For the room's own thread. */
final class Audience {
    private final Occupants occupants;
    private final MucFloor floor;
    private final ChatPort port;
    private final StanzaRouter router;

    Audience(Occupants occupants, MucFloor floor, ChatPort port, StanzaRouter router) {
        this.occupants = occupants;
        this.floor = floor;
        this.port = port;
        this.router = router;
    }

    /** The conference may not have said yet that the sender is in. */
    void hears(Saying saying) {
        ChatMessage message = saying.message();
        UUID sender = message.participant();
        for (UUID participant : occupants.participants()) {
            if (!participant.equals(sender)) {
                port.tell(participant, new ChatEvent.Said(message, null));
            }
        }
        if (sender != null) {
            port.tell(sender, new ChatEvent.Said(message, saying.number()));
        }
        floor.said(saying);
    }

    /** Only the sender is told. */
    void doesNotHear(Saying saying) {
        UUID sender = saying.message().participant();
        if (sender != null) {
            port.tell(sender, new ChatEvent.Refused("chatUnavailable", RoomWords.UNAVAILABLE, saying.number()));
        } else if (saying.stanza() != null) {
            unavailable(saying.stanza());
        }
    }

    /** Refuses what cannot be dealt with for now. */
    void turnAway(ChatRoomCommand command) {
        if (command instanceof ChatRoomCommand.Say say) {
            refuse(say, "chatUnavailable", RoomWords.UNAVAILABLE);
        } else if (command instanceof ChatRoomCommand.FromXmpp from) {
            from.replyTo().tell(new ChatRoomCommand.Taken(from.space().id()));
            unavailable(StreamParser.parse(from.stanza()));
        }
    }

    void refuse(ChatRoomCommand.Say say, String code, String detail) {
        port.tell(say.participant(), new ChatEvent.Refused(code, detail, say.number()));
    }

    /** Answers a stanza that cannot be dealt with for now. */
    void unavailable(Element stanza) {
        refuse(stanza, StanzaCondition.RECIPIENT_UNAVAILABLE, RoomWords.UNAVAILABLE);
    }

    void refuse(Element stanza, StanzaCondition condition, String text) {
        if (Stanzas.mayAnswerWithError(stanza) && !"unavailable".equals(stanza.attribute("type"))) {
            router.route(Stanzas.error(stanza, condition, text));
        }
    }

    /** Tells the participants who is in by chat only. */
    void seesPeople() {
        ChatEvent people = people();
        occupants.participants().forEach(participant -> port.tell(participant, people));
    }

    ChatEvent people() {
        return new ChatEvent.PeopleAre(
                occupants.clients().stream().map(Occupant::nick).toList());
    }
}
