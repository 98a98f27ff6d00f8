package io.convoke.actors.callleg;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import com.typesafe.config.ConfigFactory;
import io.convoke.actors.chat.ChatEvent;
import io.convoke.actors.chat.ChatMessage;
import io.convoke.actors.chat.ChatRoomCommand;
import io.convoke.actors.node.Board;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.state.GetState;
import io.convoke.actors.state.StateSnapshot;
import io.convoke.actors.trace.NodeJournal;
import io.convoke.actors.trace.Origin;
import io.convoke.actors.trace.TraceStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class CallLegTest {
    private static final ActorTestKit KIT =
            ActorTestKit.create("leg", ManualTime.config().withFallback(ConfigFactory.load()));
    private static final ManualTime TIME = ManualTime.get(KIT.system());

    private final UUID participant = UUID.randomUUID();
    private final UUID connection = UUID.randomUUID();
    private final TestProbe<ToAnchor> anchor = KIT.createTestProbe();
    private final TestProbe<ToEntry> entry = KIT.createTestProbe();
    private final TestProbe<ChatRoomCommand> room = KIT.createTestProbe();
    private final AtomicReference<ActorRef<GetState>> registered = new AtomicReference<>();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private ActorRef<CallLeg.Command> leg() {
        Board board = new Board() {
            @Override
            public void register(String kind, String id, ActorRef<GetState> actor) {
                registered.set(actor);
            }

            @Override
            public void changed(String kind, String id) {}
        };
        NodeContext node = NodeContext.of(
                "n",
                NodeJournal.of(
                        "n", Origin.CORE, "host:server", InstantSource.system(), new TraceStore(10), event -> {}),
                board);
        return KIT.spawn(CallLeg.create(
                participant,
                new CallLegSettings(Duration.ofSeconds(30), Duration.ofSeconds(5), 40),
                node,
                space -> room.getRef()));
    }

    private CallLeg.Start start() {
        UUID any = UUID.randomUUID();
        LegDetails details = new LegDetails(
                participant, "guest1", "Ada", any, "9999", any, any, any, any, any, any, 1, "Firefox", Instant.EPOCH);
        return new CallLeg.Start(details, anchor.getRef(), null, null, List.of(), null);
    }

    private ActorRef<CallLeg.Command> openLeg() {
        ActorRef<CallLeg.Command> leg = leg();
        leg.tell(start());
        leg.tell(new CallLeg.SessionOpened(connection, entry.getRef()));
        anchor.expectMessageClass(ToAnchor.Attached.class);
        assertThat(entry.expectMessageClass(ToEntry.Down.class).text()).contains("welcome");
        return leg;
    }

    @Test
    void shouldLeaveWhenTheSessionIsNotOpenedInTime() {
        // given
        ActorRef<CallLeg.Command> leg = leg();
        leg.tell(start());
        TestProbe<CallLeg.Started> again = KIT.createTestProbe();
        leg.tell(new CallLeg.Start(start().details(), anchor.getRef(), null, null, List.of(), again.getRef()));
        again.receiveMessage();

        // when
        TIME.timePasses(Duration.ofSeconds(30));

        // then
        assertThat(anchor.receiveMessage()).isEqualTo(new ToAnchor.Leaves(participant, "timeout"));
        again.expectTerminated(leg);
    }

    @Test
    void shouldWelcomeWithItselfOnTheRoster() {
        // given
        ActorRef<CallLeg.Command> leg = leg();
        leg.tell(start());

        // when
        leg.tell(new CallLeg.SessionOpened(connection, entry.getRef()));

        // then
        assertThat(entry.expectMessageClass(ToEntry.Down.class).text())
                .contains("\"participant\":\"" + participant + "\"")
                .contains("\"name\":\"Ada\"")
                .contains("\"you\":true");
    }

    @Test
    void shouldEnterTheChatWithTheClientAndCarryWhatIsSaid() {
        // given
        ActorRef<CallLeg.Command> leg = openLeg();
        room.expectMessage(new ChatRoomCommand.Enter(participant));

        // when
        leg.tell(new CallLeg.SessionUp(connection, entry.getRef(), "{\"type\":\"chat\",\"id\":7,\"text\":\"hi\"}"));
        leg.tell(new CallLeg.SessionUp(connection, entry.getRef(), "{\"type\":\"chat\",\"id\":8,\"text\":1}"));
        leg.tell(new CallLeg.Chat(new ChatEvent.Said(
                new ChatMessage(new UUID(0, 1), Instant.EPOCH, "Ada", ChatMessage.Kind.PARTICIPANT, participant, "hi"),
                7L)));

        // then
        room.expectMessage(new ChatRoomCommand.Say(participant, "Ada", 7, "hi"));
        assertThat(entry.expectMessageClass(ToEntry.Down.class).text())
                .contains("\"code\":\"badMessage\"", "\"inReplyTo\":8");
        assertThat(entry.expectMessageClass(ToEntry.Down.class).text())
                .isEqualTo(
                        "{\"type\":\"chat\",\"id\":\"00000000-0000-0000-0000-000000000001\",\"from\":{\"name\":\"Ada\","
                                + "\"participant\":\"" + participant + "\",\"kind\":\"participant\"},\"text\":\"hi\","
                                + "\"at\":\"1970-01-01T00:00:00Z\",\"you\":true,\"inReplyTo\":7}");
    }

    @Test
    void shouldKeepTheLegForTheGraceOfALostConnection() {
        // given
        ActorRef<CallLeg.Command> leg = openLeg();
        leg.tell(new CallLeg.SessionClosed(connection, "gone", false));
        anchor.expectMessage(new ToAnchor.Attached(participant, null, null));

        // when
        TIME.timePasses(Duration.ofSeconds(4));
        leg.tell(new CallLeg.SessionOpened(UUID.randomUUID(), entry.getRef()));
        anchor.expectMessageClass(ToAnchor.Attached.class);
        TIME.timePasses(Duration.ofSeconds(60));

        // then
        anchor.expectNoMessage(Duration.ZERO);
    }

    @Test
    void shouldLeaveWhenTheGraceIsOver() {
        // given
        ActorRef<CallLeg.Command> leg = openLeg();
        leg.tell(new CallLeg.SessionClosed(connection, "gone", false));
        anchor.expectMessage(new ToAnchor.Attached(participant, null, null));

        // when
        TIME.timePasses(Duration.ofSeconds(5));

        // then
        assertThat(anchor.receiveMessage()).isEqualTo(new ToAnchor.Leaves(participant, "timeout"));
        anchor.expectTerminated(leg);
    }

    @Test
    void shouldNotMindTheEndOfAConnectionThatWasReplaced() {
        // given
        ActorRef<CallLeg.Command> leg = openLeg();
        leg.tell(new CallLeg.SessionOpened(UUID.randomUUID(), entry.getRef()));
        anchor.expectMessageClass(ToAnchor.Attached.class);

        // when
        leg.tell(new CallLeg.SessionClosed(connection, "replaced", false));
        TIME.timePasses(Duration.ofSeconds(60));

        // then
        anchor.expectNoMessage(Duration.ZERO);
    }

    @Test
    void shouldTreatALostEntryAsALostConnection() {
        // given
        ActorRef<CallLeg.Command> leg = openLeg();

        // when
        entry.stop();

        // then
        anchor.expectMessage(new ToAnchor.Attached(participant, null, null));
        TIME.timePasses(Duration.ofSeconds(5));
        assertThat(anchor.receiveMessage()).isEqualTo(new ToAnchor.Leaves(participant, "timeout"));
        anchor.expectTerminated(leg);
    }

    @Test
    void shouldEndTheCallWhenItsAnchorIsGoneAndNobodyTakesItsPlace() {
        // given
        ActorRef<CallLeg.Command> leg = openLeg();

        // when
        anchor.stop();
        entry.expectMessage(new ToEntry.WhoIsThis(participant));
        TIME.timePasses(Duration.ofSeconds(10));

        // then
        assertThat(entry.expectMessageClass(ToEntry.End.class).code()).isEqualTo("callbridgeLost");
        entry.expectTerminated(leg);
    }

    @Test
    void shouldAskWhoItIsWhenItHasMovedAndGoOn() {
        // given
        ActorRef<CallLeg.Command> leg = leg();

        // when
        leg.tell(new CallLeg.SessionUp(connection, entry.getRef(), "{\"type\":\"state\",\"audioMuted\":true}"));
        entry.expectMessage(new ToEntry.WhoIsThis(participant));
        leg.tell(start());

        // then
        anchor.expectMessageClass(ToAnchor.Attached.class);
        anchor.expectMessage(new ToAnchor.Presence(participant, true, null));
    }

    @Test
    void shouldAskItsAnchorWhenThatSpeaksFirst() {
        // given
        ActorRef<CallLeg.Command> leg = leg();

        // when
        leg.tell(new CallLeg.Anchor(anchor.getRef(), new FromAnchor.Beat()));
        anchor.expectMessage(new ToAnchor.Remind(participant));
        leg.tell(new CallLeg.Start(start().details(), anchor.getRef(), connection, entry.getRef(), List.of(), null));
        leg.tell(new CallLeg.Anchor(anchor.getRef(), new FromAnchor.SpeakingAre(List.of(participant))));

        // then
        assertThat(entry.expectMessageClass(ToEntry.Down.class).text()).contains("roster");
        assertThat(entry.expectMessageClass(ToEntry.Down.class).text()).contains("speaking");
    }

    @Test
    void shouldSayThatItIsGoneWhenNobodyReminds() {
        // given
        ActorRef<CallLeg.Command> leg = leg();
        leg.tell(new CallLeg.SessionOpened(connection, entry.getRef()));
        for (int asked = 1; asked < 6; asked++) {
            entry.expectMessage(new ToEntry.WhoIsThis(participant));
            TIME.timePasses(Duration.ofSeconds(5));
        }
        entry.expectMessage(new ToEntry.WhoIsThis(participant));

        // when
        TIME.timePasses(Duration.ofSeconds(5));

        // then
        assertThat(entry.expectMessageClass(ToEntry.End.class).code()).isEqualTo("unknownParticipant");
        entry.expectTerminated(leg);
    }

    @Test
    void shouldNotKnowWhoOpensASessionWithTheTokenOfACallThatIsOver() {
        // given
        ActorRef<CallLeg.Command> leg = leg();
        leg.tell(new CallLeg.SessionOpened(connection, entry.getRef()));
        entry.expectMessage(new ToEntry.WhoIsThis(participant));

        // when
        leg.tell(new CallLeg.NoSuchLeg());

        // then
        assertThat(entry.expectMessageClass(ToEntry.End.class).code()).isEqualTo("unknownParticipant");
        entry.expectTerminated(leg);
    }

    @Test
    void shouldTellThatTheHostWasLostToWhomWasInTheCallBefore() {
        // given
        ActorRef<CallLeg.Command> leg = leg();
        leg.tell(new CallLeg.Probe(connection, entry.getRef()));
        entry.expectMessage(new ToEntry.WhoIsThis(participant));

        // when
        leg.tell(new CallLeg.NoSuchLeg());

        // then
        assertThat(entry.expectMessageClass(ToEntry.End.class).code()).isEqualTo("callbridgeLost");
        entry.expectTerminated(leg);
    }

    @Test
    void shouldTellWhyItEndedThoughItsConferenceIsLongOnTheMove() {
        // given
        ActorRef<CallLeg.Command> leg = leg();
        leg.tell(new CallLeg.Probe(connection, entry.getRef()));
        entry.expectMessage(new ToEntry.WhoIsThis(participant));
        TIME.timePasses(Duration.ofSeconds(6));
        entry.expectMessage(new ToEntry.WhoIsThis(participant));

        // when
        leg.tell(new CallLeg.End("callbridgeLost", "gone"));

        // then
        assertThat(entry.expectMessageClass(ToEntry.End.class).code()).isEqualTo("callbridgeLost");
        entry.expectTerminated(leg);
    }

    @Test
    void shouldTellARosterOnlyWhenItIsAnother() {
        // given
        ActorRef<CallLeg.Command> leg = openLeg();
        RosterEntry ada = new RosterEntry(participant, "Ada", false, false, false, Instant.EPOCH);
        RosterEntry ben = new RosterEntry(UUID.randomUUID(), "Ben", false, false, false, Instant.EPOCH);

        // when
        for (List<RosterEntry> roster : List.of(List.of(ada), List.of(ada, ben), List.of(ada, ben), List.of(ada))) {
            leg.tell(new CallLeg.Anchor(anchor.getRef(), new FromAnchor.RosterIs(roster)));
        }
        leg.tell(new CallLeg.Anchor(anchor.getRef(), new FromAnchor.SpeakingAre(List.of())));

        // then
        assertThat(entry.expectMessageClass(ToEntry.Down.class).text()).contains("roster", "Ben");
        assertThat(entry.expectMessageClass(ToEntry.Down.class).text())
                .contains("roster")
                .doesNotContain("Ben");
        assertThat(entry.expectMessageClass(ToEntry.Down.class).text()).contains("speaking");
    }

    @Test
    void shouldKeepItsLastWordsForAClientThatItDoesNotKnowYet() {
        // given
        ActorRef<CallLeg.Command> leg = leg();
        leg.tell(new CallLeg.End("callbridgeLost", "gone"));

        // when
        leg.tell(new CallLeg.Probe(connection, entry.getRef()));

        // then
        entry.expectMessage(new ToEntry.End(participant, connection, "callbridgeLost", "gone"));
        entry.expectTerminated(leg);
    }

    @Test
    void shouldLeaveWhenItsEntryStops() {
        // given
        ActorRef<CallLeg.Command> leg = openLeg();

        // when
        leg.tell(new CallLeg.EntryStops(UUID.randomUUID(), "serverStopping", "of another connection"));
        leg.tell(new CallLeg.EntryStops(connection, "serverStopping", "stops"));

        // then
        anchor.expectMessage(new ToAnchor.Leaves(participant, "serverStopping"));
        entry.expectMessage(new ToEntry.End(participant, connection, "serverStopping", "stops"));
        entry.expectTerminated(leg);
    }

    @Test
    void shouldAnswerForItselfWhenItsAnchorDoesNot() {
        // given
        openLeg();
        TestProbe<StateSnapshot> answer = KIT.createTestProbe();

        // when
        registered.get().tell(new GetState(answer.getRef()));
        anchor.expectMessageClass(ToAnchor.Describe.class);
        TIME.timePasses(Duration.ofSeconds(1));

        // then
        assertThat(answer.receiveMessage().json())
                .contains("\"state\":\"connected\"")
                .contains("\"media\":null");
    }
}
