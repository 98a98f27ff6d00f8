package io.convoke.actors;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.convoke.actors.state.GetState;
import io.convoke.actors.state.StateBoard;
import io.convoke.actors.state.StateChange;
import io.convoke.actors.state.StateSnapshot;
import io.convoke.actors.trace.Ids;
import io.convoke.actors.trace.Journal;
import io.convoke.actors.trace.NodeJournal;
import io.convoke.actors.trace.Origin;
import io.convoke.actors.trace.TraceCollector;
import io.convoke.actors.trace.TraceEvent;
import io.convoke.actors.trace.TraceQuery;
import io.convoke.actors.trace.TraceStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes in one JVM, with all messages between them serialized and sent over loopback. */
class ClusterGatheringTest {
    private static final Config CONFIG = ConfigFactory.parseString("""
                    akka.actor.provider = cluster
                    akka.remote.artery.canonical.hostname = "127.0.0.1"
                    akka.remote.artery.canonical.port = 0
                    akka.cluster.jmx.multi-mbeans-in-same-jvm = on
                    akka.cluster.downing-provider-class = "akka.cluster.sbr.SplitBrainResolverProvider"
                    """).withFallback(ConfigFactory.load());
    private static final Instant NOW = Instant.parse("2026-02-23T09:00:00.000001Z");
    private static final Duration BOUND = Duration.ofSeconds(3);

    private final ActorTestKit one = ActorTestKit.create("convoke", CONFIG);
    private final ActorTestKit two = ActorTestKit.create("convoke", CONFIG);
    private final TestProbe<Object> waiting = one.createTestProbe();

    @BeforeEach
    void formACluster() {
        Cluster first = Cluster.get(one.system());
        first.manager().tell(Join.create(first.selfMember().address()));
        Cluster second = Cluster.get(two.system());
        second.manager().tell(Join.create(first.selfMember().address()));
    }

    @AfterEach
    void shutDown() {
        two.shutdownTestKit();
        one.shutdownTestKit();
    }

    @Test
    void shouldGatherStatesOfAllNodesFromAnyAndTellTheirChanges() {
        // given
        ActorRef<StateBoard.Command> boardOne = one.spawn(StateBoard.create("one", () -> NOW));
        ActorRef<StateBoard.Command> boardTwo = two.spawn(StateBoard.create("two", () -> NOW));
        boardOne.tell(new StateBoard.Register("guests", "guest1", one.spawn(answering("guest1", "one"))));
        ActorRef<GetState> guest2 = two.spawn(answering("guest2", "two"));
        boardTwo.tell(new StateBoard.Register("guests", "guest2", guest2));

        // when, then
        for (ActorTestKit kit : List.of(one, two)) {
            waiting.awaitAssert(Duration.ofSeconds(30), () -> {
                assertThat(get(StateBoard.gather(kit.system(), "guests", null, BOUND)))
                        .containsExactly(
                                new StateSnapshot("guests", "guest1", "one", "{}"),
                                new StateSnapshot("guests", "guest2", "two", "{}"));
                return null;
            });
        }
        TestProbe<StateChange> watcher = one.createTestProbe();
        boardOne.tell(new StateBoard.Subscribe(watcher.getRef()));
        waiting.awaitAssert(Duration.ofSeconds(10), () -> {
            boardTwo.tell(new StateBoard.Changed("guests", "guest2"));
            watcher.expectMessage(Duration.ofMillis(500), new StateChange("guests", "guest2", "changed", NOW, "two"));
            return null;
        });
        two.stop(guest2);
        waiting.awaitAssert(Duration.ofSeconds(10), () -> {
            assertThat(watcher.receiveMessage()).isEqualTo(new StateChange("guests", "guest2", "removed", NOW, "two"));
            return null;
        });
    }

    @Test
    void shouldTellOneStoryFromTheEventsOfAllNodes() {
        // given
        TraceStore storeOne = new TraceStore(10_000);
        TraceStore storeTwo = new TraceStore(10_000);
        one.spawn(TraceCollector.create(storeOne));
        two.spawn(TraceCollector.create(storeTwo));
        Journal journalOne = NodeJournal.of("one", Origin.CORE, "host:server", () -> NOW, storeOne, event -> {});
        Journal journalTwo =
                NodeJournal.of("two", Origin.CORE, "host:server", () -> NOW.plusMillis(5), storeTwo, event -> {});
        UUID participant = UUID.randomUUID();
        UUID conference = UUID.randomUUID();
        Ids leg = Ids.none().withParticipant(participant);
        journalOne.record("login", Ids.none().withLoginRequest(1L).withUser("guest1"), "login");
        journalTwo.record("login", Ids.none().withLoginRequest(1L).withUser("guest2"), "another node's login 1");
        journalTwo.record("leg", leg.withUser("guest1").withConference(conference), "leg");
        for (int i = 0; i < 1000; i++) {
            journalTwo.record("media", leg.withCallNumber(i), "media " + i);
        }

        // when, then: only node two knows that the participant is guest1, only node one knows of the login
        for (ActorTestKit kit : List.of(one, two)) {
            waiting.awaitAssert(Duration.ofSeconds(30), () -> {
                List<TraceEvent> story =
                        get(TraceCollector.ask(kit.system(), TraceQuery.ofParticipant(participant), BOUND));
                assertThat(story)
                        .hasSize(1002)
                        .extracting(TraceEvent::text)
                        .startsWith("login", "leg", "media 0")
                        .endsWith("media 999");
                assertThat(story.get(0).at()).isEqualTo(NOW);
                assertThat(story.get(1).ids()).isEqualTo(leg.withUser("guest1").withConference(conference));
                return null;
            });
        }
    }

    private static Behavior<GetState> answering(String id, String node) {
        return Behaviors.receive(GetState.class)
                .onMessage(GetState.class, question -> {
                    question.replyTo().tell(new StateSnapshot("guests", id, node, "{}"));
                    return Behaviors.same();
                })
                .build();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
