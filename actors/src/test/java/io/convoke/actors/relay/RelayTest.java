package io.convoke.actors.relay;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.convoke.actors.state.GetState;
import io.convoke.actors.state.StateBoard;
import io.convoke.actors.state.StateSnapshot;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayTest {
    private static final Instant NOW = Instant.parse("2026-02-23T09:00:00Z");
    private static final UUID ID = new UUID(1, 1);

    private final ActorTestKit kit = ActorTestKit.create("relay", ManualTime.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final TestProbe<StateBoard.Command> board = kit.createTestProbe();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Queue<CompletableFuture<RelayServer.Running>> starts = new ConcurrentLinkedQueue<>();

    @AfterEach
    void shutDown() {
        kit.shutdownTestKit();
    }

    @Test
    void shouldTellItsListenersAndCounters() {
        // given
        starts.add(CompletableFuture.completedFuture(listening()));
        ActorRef<GetState> relay = spawn().state();
        board.expectMessage(new StateBoard.Changed("relays", ID.toString()));

        // when
        StateSnapshot snapshot = ask(relay);

        // then
        assertThat(snapshot.id()).isEqualTo(ID.toString());
        assertThat(snapshot.json())
                .contains(
                        "\"state\":\"listening\"",
                        "\"listeners\":[\"127.0.0.1:3478\"]",
                        "\"counters\":{\"bindingRequests\":3}",
                        "\"since\":\"2026-02-23T09:00:00Z\"",
                        "\"node\":\"n1\"");
    }

    @Test
    void shouldSayWhyItDoesNotListenAndTryAgainLaterEachTime() {
        // given
        starts.add(CompletableFuture.failedFuture(new BindException("Address in use")));
        starts.add(CompletableFuture.failedFuture(new BindException("Address in use")));
        starts.add(CompletableFuture.completedFuture(listening()));
        ActorRef<GetState> relay = spawn().state();
        board.expectMessageClass(StateBoard.Changed.class);

        // when, then
        assertThat(ask(relay).json())
                .contains(
                        "\"state\":\"waiting\"",
                        "\"lastError\":\"Address in use\"",
                        "\"nextRetry\":\"2026-02-23T09:00:01Z\"");
        time.timePasses(Duration.ofSeconds(1));
        board.expectMessageClass(StateBoard.Changed.class);
        assertThat(ask(relay).json()).contains("\"failures\":2", "\"nextRetry\":\"2026-02-23T09:00:02Z\"");
        time.timePasses(Duration.ofSeconds(2));
        board.expectMessageClass(StateBoard.Changed.class);
        assertThat(ask(relay).json()).contains("\"state\":\"listening\"");
    }

    @Test
    void shouldStopTheListenersWithItself() throws Exception {
        // given
        starts.add(CompletableFuture.completedFuture(listening()));
        ActorRef<Relay.Command> relay = spawn().actor();
        board.expectMessageClass(StateBoard.Changed.class);

        // when
        kit.stop(relay);

        // then
        assertThat(stopped.await(5, TimeUnit.SECONDS)).isTrue();
    }

    private record Spawned(ActorRef<Relay.Command> actor, ActorRef<GetState> state) {}

    private Spawned spawn() {
        Relay.Settings settings = new Relay.Settings(ID, "n1", Duration.ofSeconds(1), Duration.ofSeconds(30));
        RelayServer server = new RelayServer() {
            @Override
            public CompletionStage<Running> start() {
                return starts.remove();
            }
        };
        ActorRef<Relay.Command> relay = kit.spawn(Relay.create(settings, server, board.getRef(), () -> NOW));
        StateBoard.Register register = board.expectMessageClass(StateBoard.Register.class);
        return new Spawned(relay, register.actor());
    }

    private StateSnapshot ask(ActorRef<GetState> relay) {
        TestProbe<StateSnapshot> probe = kit.createTestProbe();
        relay.tell(new GetState(probe.getRef()));
        return probe.receiveMessage();
    }

    private RelayServer.Running listening() {
        return new RelayServer.Running() {
            @Override
            public List<InetSocketAddress> listeners() {
                return List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 3478));
            }

            @Override
            public Map<String, Long> counters() {
                return Map.of("bindingRequests", 3L);
            }

            @Override
            public void stop() {
                stopped.countDown();
            }
        };
    }
}
