package io.convoke.actors.chat;

import akka.actor.typed.ActorRef;
import io.convoke.actors.space.Space;
import io.convoke.actors.state.ClusterMessage;
import io.convoke.actors.state.GetState;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a {@link ChatRoom} is told. */
public sealed interface ChatRoomCommand {
    /** The conference: who is in the meeting, and whether it is locked. May be said again. */
    record RosterIs(List<Person> people, boolean locked) implements ChatRoomCommand, ClusterMessage {}

    /** A participant's client is there, or there again: tell the leg what was said, and who else is in. */
    record Enter(UUID participant) implements ChatRoomCommand, ClusterMessage {}

    /** A participant says something; {@code number} is the client's own. */
    record Say(UUID participant, String name, long number, String text) implements ChatRoomCommand, ClusterMessage {
        /** Never what is said. */
        @Override
        public String toString() {
            return "Say[" + participant + " " + number + "]";
        }
    }

    /**
     * A stanza to the room or to an occupant.
     *
     * @param space the room's, as it is now
     * @param passcodeHolds whether the stanza carries the space's passcode, or none is needed
     * @param gate on the client's node: the client is gone when it is
     */
    record FromXmpp(
            Space space, String stanza, boolean passcodeHolds, ActorRef<ChatGate.Command> gate, ActorRef<Taken> replyTo)
            implements ChatRoomCommand, ClusterMessage {
        /** Never what is said. */
        @Override
        public String toString() {
            return "FromXmpp[" + space.id() + "]";
        }
    }

    /** The room has taken a stanza over. */
    record Taken(UUID space) implements ClusterMessage {}

    record Loaded(@Nullable Space space, List<ChatMessage> messages) implements ChatRoomCommand {}

    record LoadFailed(String why) implements ChatRoomCommand {}

    record Stored() implements ChatRoomCommand {}

    record StoreFailed(String why) implements ChatRoomCommand {}

    record GateGone(ActorRef<ChatGate.Command> gate) implements ChatRoomCommand {}

    record Asked(GetState question) implements ChatRoomCommand {}

    enum Due implements ChatRoomCommand {
        LOAD,
        ASK_FOR_ROSTER,
        IDLE
    }

    /** To rest, when nobody is in. */
    enum Rest implements ChatRoomCommand {
        INSTANCE
    }
}
