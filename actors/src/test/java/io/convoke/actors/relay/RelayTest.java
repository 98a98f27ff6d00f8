package io.convoke.actors.relay;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.convoke.actors.c2w.IceServer;
import io.convoke.actors.node.Board;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.relayadmin.RelayAdmin;
import io.convoke.actors.relayadmin.RelayReply;
import io.convoke.actors.relayadmin.RelayRequest;
import io.convoke.actors.state.GetState;
import io.convoke.actors.state.StateBoard;
import io.convoke.actors.state.StateSnapshot;
import io.convoke.actors.trace.Journal;
import io.convoke.actors.trace.NodeJournal;
import io.convoke.actors.trace.Origin;
import io.convoke.actors.trace.TraceEvent;
import io.convoke.actors.trace.TraceStore;
import io.convoke.protocols.stun.PasswordAlgorithm;
import io.convoke.protocols.turn.AddressFamily;
import io.convoke.protocols.turn.Admission;
import io.convoke.protocols.turn.RestHash;
import io.convoke.protocols.turn.TransportAddress;
import io.convoke.protocols.turn.Unauthenticated;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayTest {
    private static final UUID ID = new UUID(1, 1);
    private static final UUID PARTICIPANT = new UUID(2, 2);
    private static final UUID LINK = new UUID(3, 3);

    private final ActorTestKit kit = ActorTestKit.create("relay", ManualTime.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final TestProbe<StateBoard.Command> board = kit.createTestProbe();
    private final FakeRelay plane = new FakeRelay();
    private final List<TraceEvent> events = new CopyOnWriteArrayList<>();

    @AfterEach
    void shutDown() {
        kit.shutdownTestKit();
    }

    @Test
    void shouldTellItsListenersRulesAndCounters() {
        // given
        Spawned relay = spawn();

        // when
        StateSnapshot snapshot = relay.state();

        // then
        assertThat(snapshot.id()).isEqualTo(ID.toString());
        assertThat(snapshot.json())
                .contains(
                        "\"state\":\"listening\"",
                        "\"listeners\":[{\"transport\":\"udp\",\"address\":\"192.0.2.1:3478\"}]",
                        "\"peers\":\"callbridges\"",
                        "\"realm\":\"example.org\"",
                        "\"allocations\":1",
                        "\"since\":\"2026-02-23T09:00:00Z\"",
                        "\"node\":\"n1\"")
                .doesNotContain("geheim", "ann");
    }

    @Test
    void shouldSayWhyItDoesNotListenAndTryAgainLaterEachTime() {
        // given
        plane.failures.add(new BindException("Address in use"));
        plane.failures.add(new BindException("Address in use"));
        Spawned relay = spawn();

        // when, then
        assertThat(relay.state().json())
                .contains(
                        "\"state\":\"waiting\"",
                        "\"lastError\":\"Address in use\"",
                        "\"nextRetry\":\"2026-02-23T09:00:01Z\"");
        assertThat(relay.access.open(PARTICIPANT, "meet.example.org")).isEmpty();
        time.timePasses(Duration.ofSeconds(1));
        board.expectMessageClass(StateBoard.Changed.class);
        assertThat(relay.state().json()).contains("\"failures\":2", "\"nextRetry\":\"2026-02-23T09:00:02Z\"");
        time.timePasses(Duration.ofSeconds(2));
        board.expectMessageClass(StateBoard.Changed.class);
        assertThat(relay.state().json()).contains("\"state\":\"listening\"");
    }

    @Test
    void shouldReachTheMediaOfConnectedCallbridgesOnlyAndOnlyForAsLong() {
        // given
        Spawned relay = spawn();
        assertThat(plane.policy().allowsPeer(FakeRelay.address("198.51.100.7", 40_000)))
                .isFalse();

        // when
        relay.access.announced(LINK, List.of("198.51.100.7:40000", "2001:db8:0:0:0:0:0:7:40000", "nonsense"));
        board.expectMessageClass(StateBoard.Changed.class);

        // then
        assertThat(plane.policy().allowsPeer(FakeRelay.address("198.51.100.7", 40_000)))
                .isTrue();
        assertThat(plane.policy().allowsPeer(FakeRelay.address("2001:db8::7", 40_000)))
                .isTrue();
        assertThat(plane.policy().allowsPeer(FakeRelay.address("198.51.100.7", 40_001)))
                .isFalse();
        assertThat(plane.policy().allowsPeerIp(FakeRelay.address("198.51.100.7", 0)))
                .isTrue();
        assertThat(relay.state().json())
                .contains("\"callbridgeMedia\":[\"198.51.100.7:40000\",\"[2001:db8::7]:40000\"]");

        // when
        int before = plane.peerChanges.get();
        relay.access.withdrawn(LINK);
        board.expectMessageClass(StateBoard.Changed.class);

        // then
        assertThat(plane.policy().allowsPeer(FakeRelay.address("198.51.100.7", 40_000)))
                .isFalse();
        assertThat(plane.peerChanges.get()).isEqualTo(before + 1);
    }

    @Test
    void shouldKeepWhatStandsForAWhileWhenALinkBreaks() {
        // given
        Spawned relay = spawn();
        TransportAddress media = FakeRelay.address("198.51.100.7", 40_000);
        relay.access.announced(LINK, List.of("198.51.100.7:40000"));
        board.expectMessageClass(StateBoard.Changed.class);

        // when
        relay.access.lost(LINK);
        board.expectMessageClass(StateBoard.Changed.class);

        // then
        assertThat(plane.policy().allowsPeer(media)).isFalse();
        assertThat(plane.policy().allowsPeerIp(media)).isFalse();
        assertThat(plane.policy().keepsPeer(media)).isTrue();
        assertThat(plane.policy().keepsPeerIp(media)).isTrue();
        assertThat(relay.state().json())
                .contains("\"callbridgeMedia\":[]", "\"lostCallbridgeMedia\":[\"198.51.100.7:40000\"]");

        // when
        time.timePasses(Duration.ofSeconds(30));
        board.expectMessageClass(StateBoard.Changed.class);

        // then
        assertThat(plane.policy().keepsPeer(media)).isFalse();
        assertThat(relay.state().json()).contains("\"lostCallbridgeMedia\":[]");
    }

    @Test
    void shouldKeepWhatStandsWhenTheCallbridgeComesBackOverAnotherLink() {
        // given
        Spawned relay = spawn();
        TransportAddress media = FakeRelay.address("198.51.100.7", 40_000);
        relay.access.announced(LINK, List.of("198.51.100.7:40000"));
        relay.access.lost(LINK);

        // when
        relay.access.announced(UUID.randomUUID(), List.of("198.51.100.7:40000"));
        board.expectMessageClass(StateBoard.Changed.class);
        board.expectMessageClass(StateBoard.Changed.class);
        board.expectMessageClass(StateBoard.Changed.class);
        time.timePasses(Duration.ofSeconds(30));
        board.expectMessageClass(StateBoard.Changed.class);

        // then
        assertThat(plane.policy().allowsPeer(media)).isTrue();
        assertThat(plane.policy().keepsPeer(media)).isTrue();
    }

    @Test
    void shouldCountErrorsByTheirCode() {
        assertThat(spawn().state().json()).contains("\"errorCodes\":{\"401\":13,\"437\":1}");
    }

    @Test
    void shouldLetClientsReachEachOtherThroughTheRelay() {
        // given
        spawn();

        // when
        plane.allocate("ann", 1);

        // then
        assertThat(plane.policy().allowsPeer(FakeRelay.address("192.0.2.1", 50_001)))
                .isTrue();
        assertThat(plane.policy().allowsPeer(FakeRelay.address("192.0.2.1", 3478)))
                .isFalse();
        plane.closeOf("ann");
        assertThat(plane.policy().allowsPeer(FakeRelay.address("192.0.2.1", 50_001)))
                .isFalse();
    }

    @Test
    void shouldGiveParticipantsCredentialsThatDieWithTheCall() {
        // given
        Spawned relay = spawn();

        // when
        List<IceServer> servers = relay.access.open(PARTICIPANT, "meet.example.org");

        // then
        assertThat(servers).singleElement().satisfies(server -> {
            assertThat(server.urls()).containsExactly("turn:meet.example.org:3478?transport=udp");
            assertThat(server.username())
                    .isEqualTo(FakeRelay.NOW.plusSeconds(3600).getEpochSecond() + ":" + PARTICIPANT);
        });
        String username = String.valueOf(servers.get(0).username());
        assertThat(plane.policy().keys(username, PasswordAlgorithm.MD5))
                .contains(PasswordAlgorithm.MD5.key(
                        username, "example.org", String.valueOf(servers.get(0).credential())));
        plane.allocate(username, 1);
        plane.allocate("ann", 2);

        // when
        relay.access.close(PARTICIPANT);

        // then
        board.awaitAssert(() -> {
            assertThat(plane.allocations).extracting(view -> view.username()).containsExactly("ann");
            return null;
        });
        assertThat(plane.policy().keys(username, PasswordAlgorithm.MD5)).isEmpty();
        board.awaitAssert(() -> {
            assertThat(events)
                    .filteredOn(event -> PARTICIPANT.equals(event.ids().participant()))
                    .extracting(TraceEvent::step)
                    .containsExactly("relayAllocated", "relayEnded");
            return null;
        });
    }

    @Test
    void shouldTellTheTraceWhyAParticipantGotNoFurther() {
        // given
        Spawned relay = spawn();
        relay.access.open(PARTICIPANT, "meet.example.org");
        String username = FakeRelay.NOW.plusSeconds(3600).getEpochSecond() + ":" + PARTICIPANT;

        // when
        plane.policy().unauthenticated(username, Unauthenticated.WRONG_PASSWORD);
        plane.policy().peerRefused(username, FakeRelay.address("10.0.0.1", 22));
        plane.policy().unauthenticated("1:" + PARTICIPANT, Unauthenticated.UNKNOWN_USER);

        // then
        board.awaitAssert(() -> {
            assertThat(events).extracting(TraceEvent::text).hasSize(3);
            return null;
        });
        assertThat(events)
                .filteredOn(event -> PARTICIPANT.equals(event.ids().participant()))
                .extracting(TraceEvent::text)
                .containsExactly(
                        "TURN : a request of " + username + " was answered 401: its password or realm is wrong",
                        "TURN : " + username + " may not reach 10.0.0.1:22 (403)");
        assertThat(events.get(2).text())
                .isEqualTo("TURN : a request of 1:" + PARTICIPANT + " was answered 401: the time in its name is over");
        assertThat(relay.state().json())
                .contains("\"unauthenticated\":{\"wrongPassword\":1,\"expired\":1,\"callOver\":0,\"unknownUser\":0}");
    }

    @Test
    void shouldShowItsAllocationsAndCloseOne() {
        // given
        Spawned relay = spawn();
        UUID first = plane.allocate("ann", 1).id();
        plane.allocate("ann", 2);

        // when, then
        assertThat(relay.ask(new RelayRequest.Show(0, 10, null, null)).json())
                .contains("\"total\":2", first.toString());
        assertThat(relay.ask(new RelayRequest.ShowOne(first)).json()).contains("\"user\":\"ann\"");
        assertThat(relay.ask(new RelayRequest.Close(first)).outcome()).isEqualTo(RelayReply.Outcome.DONE);
        assertThat(relay.ask(new RelayRequest.Close(first)).outcome()).isEqualTo(RelayReply.Outcome.UNKNOWN_ALLOCATION);
        assertThat(relay.ask(new RelayRequest.ShowOne(first)).outcome())
                .isEqualTo(RelayReply.Outcome.UNKNOWN_ALLOCATION);
        assertThat(plane.allocations).hasSize(1);
    }

    @Test
    void shouldDrainAndServeAgain() {
        // given
        Spawned relay = spawn();

        // when
        RelayReply drained = relay.ask(new RelayRequest.Drain("192.0.2.2:3478"));
        board.expectMessageClass(StateBoard.Changed.class);

        // then
        assertThat(drained.json()).isEqualTo("{\"draining\":true,\"alternate\":\"192.0.2.2:3478\"}");
        assertThat(plane.policy().alternate(AddressFamily.IPV4)).isEqualTo(FakeRelay.address("192.0.2.2", 3478));
        assertThat(plane.policy().alternate(AddressFamily.IPV6)).isNull();
        assertThat(plane.policy().admit("ann", FakeRelay.address("192.0.2.10", 1)))
                .isEqualTo(Admission.Refused.FULL);
        assertThat(relay.state().json()).contains("\"state\":\"draining\"");

        // when
        relay.ask(new RelayRequest.Serve());
        board.expectMessageClass(StateBoard.Changed.class);

        // then
        assertThat(plane.policy().alternate(AddressFamily.IPV4)).isNull();
        assertThat(plane.policy().admit("ann", FakeRelay.address("192.0.2.10", 1)))
                .isInstanceOf(Admission.Granted.class);
    }

    @Test
    void shouldRefuseAnAlternateThatIsNone() {
        assertThat(spawn().ask(new RelayRequest.Drain("nowhere:3478")).outcome())
                .isEqualTo(RelayReply.Outcome.REFUSED);
        assertThat(plane.policy().alternate(AddressFamily.IPV4)).isNull();
    }

    @Test
    void shouldStopTheListenersWithItself() throws Exception {
        // given
        Spawned relay = spawn();

        // when
        kit.stop(relay.actor);

        // then
        assertThat(plane.stopped.await(5, TimeUnit.SECONDS)).isTrue();
    }

    private final class Spawned {
        private final ActorRef<Relay.Command> actor;
        private final RelayAccess access;
        private final ActorRef<GetState> questions;

        private Spawned(ActorRef<Relay.Command> actor, RelayAccess access, ActorRef<GetState> questions) {
            this.actor = actor;
            this.access = access;
            this.questions = questions;
        }

        private StateSnapshot state() {
            TestProbe<StateSnapshot> probe = kit.createTestProbe();
            questions.tell(new GetState(probe.getRef()));
            return probe.receiveMessage();
        }

        private RelayReply ask(RelayRequest request) {
            return new RelayAdmin(kit.system(), Duration.ofSeconds(5))
                    .ask(ID.toString(), request)
                    .toCompletableFuture()
                    .join();
        }
    }

    private Spawned spawn() {
        RelayRules rules = new RelayRules(
                "example.org",
                Map.of("ann", "geheim"),
                null,
                List.of(),
                RestHash.SHA1,
                Duration.ofHours(1),
                new RelayRules.Peers(false, List.of(), List.of(), Duration.ofSeconds(30)),
                RelayRules.Quotas.NONE,
                null);
        Journal journal =
                NodeJournal.of("n1", Origin.EDGE, "turn", () -> FakeRelay.NOW, new TraceStore(1000), event -> {});
        journal.listen(events::add);
        NodeContext node =
                new NodeContext("n1", journal, Board.of(board.getRef()), () -> FakeRelay.NOW, System::nanoTime);
        ParticipantBook participants = new ParticipantBook(rules, node.clock());
        CurrentEndpoints endpoints = new CurrentEndpoints();
        ActorRef<Relay.Command> actor = kit.spawn(Relay.create(
                new Relay.Settings(ID, rules, Duration.ofSeconds(1), Duration.ofSeconds(30)),
                plane,
                node,
                participants,
                endpoints));
        StateBoard.Register register = board.expectMessageClass(StateBoard.Register.class);
        board.expectMessageClass(StateBoard.Changed.class);
        return new Spawned(
                actor, new OwnRelay(new TellBrowsers("", List.of()), participants, endpoints, actor), register.actor());
    }
}
