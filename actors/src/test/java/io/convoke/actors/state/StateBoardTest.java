package io.convoke.actors.state;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.receptionist.Receptionist;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StateBoardTest {
    private static final Instant NOW = Instant.parse("2026-02-23T09:00:00Z");
    private static final Duration BOUND = Duration.ofSeconds(2);

    private final ActorTestKit kit = ActorTestKit.create("board");
    private final ActorRef<StateBoard.Command> board = kit.spawn(StateBoard.create("n1", () -> NOW));

    @AfterEach
    void shutDown() {
        kit.shutdownTestKit();
    }

    @Test
    void shouldGatherTheLiveAnswersOfOneKind() {
        // given
        registered("guests", "guest2", "on call");
        registered("guests", "guest1", "leaving");
        registered("relays", "r", "listening");

        // when
        List<StateSnapshot> guests = gather("guests", null);

        // then
        assertThat(guests)
                .containsExactly(
                        new StateSnapshot("guests", "guest1", "n1", "{\"state\":\"leaving\"}"),
                        new StateSnapshot("guests", "guest2", "n1", "{\"state\":\"on call\"}"));
        assertThat(gather("guests", "guest2")).hasSize(1);
        assertThat(gather("guests", "guest3")).isEmpty();
        assertThat(gather("conferences", null)).isEmpty();
    }

    @Test
    void shouldListAnActorThatDoesNotAnswerAsUnanswered() {
        // given
        registered("guests", "guest1", "on call");
        TestProbe<GetState> silent = kit.createTestProbe();
        board.tell(new StateBoard.Register("guests", "gu\"est2", silent.getRef()));

        // when
        List<StateSnapshot> guests = gather("guests", null);

        // then
        assertThat(guests)
                .containsExactlyInAnyOrder(
                        new StateSnapshot("guests", "guest1", "n1", "{\"state\":\"on call\"}"),
                        new StateSnapshot(
                                "guests",
                                "gu\"est2",
                                "n1",
                                "{\"id\":\"gu\\\"est2\",\"kind\":\"guests\",\"node\":\"n1\",\"unanswered\":true}"));
    }

    @Test
    void shouldListANodeWhoseBoardDoesNotAnswer() {
        // given
        registered("guests", "guest1", "on call");
        TestProbe<StateBoard.Command> silent = kit.createTestProbe();
        kit.system().receptionist().tell(Receptionist.register(StateBoard.KEY, silent.getRef()));
        kit.createTestProbe().awaitAssert(Duration.ofSeconds(15), () -> {
            assertThat(gather("guests", null)).hasSize(2);
            return null;
        });

        // when, then
        assertThat(gather("guests", null))
                .anySatisfy(snapshot -> assertThat(snapshot.json()).contains("\"unanswered\":true"));
    }

    @Test
    void shouldTellSubscribersWhatComesChangesAndGoes() {
        // given
        TestProbe<StateChange> watcher = kit.createTestProbe();
        board.tell(new StateBoard.Subscribe(watcher.getRef()));

        // when
        ActorRef<Behaved> actor = registered("guests", "guest1", "on call");
        board.tell(new StateBoard.Changed("guests", "guest1"));
        board.tell(new StateBoard.Changed("guests", "nobody"));
        kit.stop(actor);

        // then
        watcher.expectMessage(new StateChange("guests", "guest1", "added", NOW, "n1"));
        watcher.expectMessage(new StateChange("guests", "guest1", "changed", NOW, "n1"));
        watcher.expectMessage(new StateChange("guests", "guest1", "removed", NOW, "n1"));
        assertThat(gather("guests", null)).isEmpty();
    }

    @Test
    void shouldKeepTheYoungerOfTwoActorsWithOneIdentifier() {
        // given
        TestProbe<StateChange> watcher = kit.createTestProbe();
        ActorRef<Behaved> old = registered("guests", "guest1", "old");
        registered("guests", "guest1", "new");
        board.tell(new StateBoard.Subscribe(watcher.getRef()));

        // when
        kit.stop(old);

        // then
        watcher.expectNoMessage(Duration.ofMillis(200));
        assertThat(gather("guests", null)).extracting(StateSnapshot::json).containsExactly("{\"state\":\"new\"}");
    }

    /** Anything but GetState, so that the actor needs an adapter as all real ones do. */
    private interface Behaved {}

    private record Asked(GetState question) implements Behaved {}

    private ActorRef<Behaved> registered(String kind, String id, String state) {
        ActorRef<Behaved> actor = kit.spawn(answering(board, kind, id, state));
        kit.createTestProbe().awaitAssert(Duration.ofSeconds(15), () -> {
            assertThat(gather(kind, id))
                    .extracting(StateSnapshot::json)
                    .containsExactly("{\"state\":\"" + state + "\"}");
            return null;
        });
        return actor;
    }

    private static Behavior<Behaved> answering(
            ActorRef<StateBoard.Command> board, String kind, String id, String state) {
        return Behaviors.setup(context -> {
            board.tell(new StateBoard.Register(kind, id, context.messageAdapter(GetState.class, Asked::new)));
            return Behaviors.receive(Behaved.class)
                    .onMessage(Asked.class, asked -> {
                        asked.question()
                                .replyTo()
                                .tell(new StateSnapshot(kind, id, "n1", "{\"state\":\"" + state + "\"}"));
                        return Behaviors.same();
                    })
                    .build();
        });
    }

    private List<StateSnapshot> gather(String kind, String id) {
        return StateBoard.gather(kit.system(), kind, id, BOUND)
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
