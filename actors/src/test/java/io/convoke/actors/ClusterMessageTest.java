package io.convoke.actors;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import io.convoke.actors.callleg.CallLeg;
import io.convoke.actors.callleg.FromAnchor;
import io.convoke.actors.callleg.LegDetails;
import io.convoke.actors.callleg.ToAnchor;
import io.convoke.actors.callleg.ToEntry;
import io.convoke.actors.chat.ChatEvent;
import io.convoke.actors.chat.ChatRoomCommand;
import io.convoke.actors.conference.ConferenceCommand;
import io.convoke.actors.conference.ConferenceEvent;
import io.convoke.actors.conference.ConferenceLeg;
import io.convoke.actors.conference.ConferenceState;
import io.convoke.actors.conference.HostCommand;
import io.convoke.actors.conference.HostedInstance;
import io.convoke.actors.conference.ToInstance;
import io.convoke.actors.guest.GuestAccount;
import io.convoke.actors.relayadmin.RelayQuestion;
import io.convoke.actors.relayadmin.RelayReply;
import io.convoke.actors.state.ClusterMessage;
import io.convoke.actors.xmpp.session.XmppSessions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that travels between nodes, or into the event journal, comes out as it went in. */
class ClusterMessageTest {
    private static final ActorTestKit KIT = ActorTestKit.create();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    static Stream<Class<?>> messages() {
        return Stream.of(
                        CallLeg.Command.class,
                        CallLeg.Started.class,
                        LegDetails.class,
                        ToAnchor.class,
                        ToAnchor.Description.class,
                        ToEntry.class,
                        ConferenceCommand.class,
                        ConferenceCommand.LocateAnswer.class,
                        ConferenceCommand.LockAnswer.class,
                        ConferenceEvent.class,
                        ConferenceLeg.class,
                        ConferenceState.class,
                        HostedInstance.class,
                        HostCommand.class,
                        HostCommand.AdmitAnswer.class,
                        ToInstance.class,
                        XmppSessions.Command.class,
                        GuestAccount.Command.class,
                        GuestAccount.Created.class,
                        GuestAccount.Removed.class,
                        ChatRoomCommand.class,
                        ChatRoomCommand.Taken.class,
                        RelayQuestion.class,
                        RelayReply.class)
                .flatMap(type -> Samples.records(type).stream())
                .filter(ClusterMessage.class::isAssignableFrom)
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldComeOutAsItWentIn(Class<?> type) {
        // given
        TestProbe<Object> probe = KIT.createTestProbe();

        // then
        for (long seed = 1; seed <= 3; seed++) {
            KIT.serializationTestKit().verifySerialization(new Samples(seed, probe.getRef()).of(type), true);
        }
    }

    @Test
    void shouldCarryEachWordOfAChat() {
        // given
        List<Class<?>> events = Samples.records(ChatEvent.class);

        // then
        assertThat(events).hasSizeGreaterThan(3);
        for (Class<?> event : events) {
            ChatEvent sample = (ChatEvent) new Samples(1, null).of(event);
            KIT.serializationTestKit().verifySerialization(new CallLeg.Chat(sample), true);
        }
    }

    @Test
    void shouldCarryEachWordOfAnAnchor() {
        // given
        TestProbe<Object> probe = KIT.createTestProbe();
        List<Class<?>> events = Samples.records(FromAnchor.class);

        // then
        assertThat(events).hasSizeGreaterThan(7);
        for (Class<?> event : events) {
            FromAnchor sample = (FromAnchor) new Samples(1, probe.getRef()).of(event);
            KIT.serializationTestKit()
                    .verifySerialization(new CallLeg.Anchor(probe.getRef().narrow(), sample), true);
        }
    }
}
