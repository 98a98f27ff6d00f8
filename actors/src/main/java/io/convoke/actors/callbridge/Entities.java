package io.convoke.actors.callbridge;

import akka.actor.typed.RecipientRef;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import io.convoke.actors.callleg.CallLeg;
import io.convoke.actors.chat.ChatRoom;
import io.convoke.actors.chat.ChatRoomCommand;
import io.convoke.actors.conference.Conference;
import io.convoke.actors.conference.ConferenceCommand;
import io.convoke.actors.guest.GuestAccount;
import java.util.UUID;

/** Where the sharded entities are found. */
interface Entities {
    RecipientRef<ConferenceCommand> conference(UUID space);

    RecipientRef<CallLeg.Command> leg(UUID participant);

    RecipientRef<GuestAccount.Command> guest(String user);

    RecipientRef<ChatRoomCommand> chat(UUID space);

    static Entities of(ClusterSharding sharding) {
        return new Entities() {
            @Override
            public RecipientRef<ConferenceCommand> conference(UUID space) {
                return sharding.entityRefFor(Conference.KEY, space.toString());
            }

            @Override
            public RecipientRef<CallLeg.Command> leg(UUID participant) {
                return sharding.entityRefFor(CallLeg.KEY, participant.toString());
            }

            @Override
            public RecipientRef<GuestAccount.Command> guest(String user) {
                return sharding.entityRefFor(GuestAccount.KEY, user);
            }

            @Override
            public RecipientRef<ChatRoomCommand> chat(UUID space) {
                return sharding.entityRefFor(ChatRoom.KEY, space.toString());
            }
        };
    }
}
