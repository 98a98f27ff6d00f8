package io.convoke.actors.relay;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoke.actors.state.GetState;
import io.convoke.actors.state.StateBoard;
import io.convoke.actors.state.StateSnapshot;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One node's relay: keeps its listeners bound, and answers for them. */
public final class Relay extends AbstractBehavior<Relay.Command> {
    public sealed interface Command {}

    private record Started(
            RelayServer.@Nullable Running server, @Nullable Throwable failure) implements Command {}

    private record StateAsked(GetState question) implements Command {}

    private enum RetryDue implements Command {
        INSTANCE
    }

    /**
     * What a relay is started with.
     *
     * @param id the relay's GUID
     * @param node the node's name
     * @param firstRetry pause after the first failure; doubles with each further one
     * @param longestRetry longest pause
     */
    public record Settings(UUID id, String node, Duration firstRetry, Duration longestRetry) {}

    /** The kind on the board. */
    public static final String KIND = "relays";

    private final TimerScheduler<Command> timers;
    private final Settings settings;
    private final RelayServer server;
    private final ActorRef<StateBoard.Command> board;
    private final InstantSource clock;
    private Instant since;
    private int failures;
    private @Nullable String lastError;
    private @Nullable Instant nextRetry;
    private RelayServer.@Nullable Running running;

    private Relay(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Settings settings,
            RelayServer server,
            ActorRef<StateBoard.Command> board,
            InstantSource clock) {
        super(context);
        this.timers = timers;
        this.settings = settings;
        this.server = server;
        this.board = board;
        this.clock = clock;
        this.since = clock.instant();
        board.tell(new StateBoard.Register(
                KIND, settings.id().toString(), context.messageAdapter(GetState.class, StateAsked::new)));
    }

    /** A relay over a data plane that it starts at once and stops with itself. */
    public static Behavior<Command> create(
            Settings settings, RelayServer server, ActorRef<StateBoard.Command> board, InstantSource clock) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            Relay relay = new Relay(context, timers, settings, server, board, clock);
            relay.start();
            return relay;
        }));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Started.class, this::onStarted)
                .onMessage(RetryDue.class, this::onRetryDue)
                .onMessage(StateAsked.class, this::onStateAsked)
                .onSignal(PostStop.class, stopped -> onStop())
                .build();
    }

    private void start() {
        getContext().pipeToSelf(server.start(), Started::new);
    }

    private Behavior<Command> onStarted(Started result) {
        since = clock.instant();
        running = result.server();
        if (running != null) {
            failures = 0;
            nextRetry = null;
        } else {
            Throwable failure = result.failure();
            lastError =
                    failure == null || failure.getMessage() == null ? String.valueOf(failure) : failure.getMessage();
            Duration pause = settings.firstRetry().multipliedBy(1L << Math.min(failures, 20));
            pause = pause.compareTo(settings.longestRetry()) > 0 ? settings.longestRetry() : pause;
            failures++;
            nextRetry = since.plus(pause);
            getContext().getLog().warn("Expected the relay to listen, but {}. Again in {}.", lastError, pause);
            timers.startSingleTimer(RetryDue.INSTANCE, pause);
        }
        board.tell(new StateBoard.Changed(KIND, settings.id().toString()));
        return this;
    }

    private Behavior<Command> onRetryDue(RetryDue due) {
        nextRetry = null;
        start();
        return this;
    }

    private Behavior<Command> onStateAsked(StateAsked asked) {
        asked.question().replyTo().tell(new StateSnapshot(KIND, settings.id().toString(), settings.node(), json()));
        return this;
    }

    private String json() {
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        state.put("id", settings.id().toString());
        state.put("kind", KIND);
        state.put("node", settings.node());
        state.put("since", since.toString());
        if (running != null) {
            state.put("state", "listening");
            var listeners = state.putArray("listeners");
            for (InetSocketAddress address : running.listeners()) {
                listeners.add(address.getAddress().getHostAddress() + ":" + address.getPort());
            }
            ObjectNode counters = state.putObject("counters");
            running.counters().forEach(counters::put);
        } else {
            state.put("state", nextRetry == null ? "starting" : "waiting");
            state.put("failures", failures);
            state.put("nextRetry", nextRetry == null ? null : nextRetry.toString());
        }
        state.put("lastError", lastError);
        return state.toString();
    }

    private Behavior<Command> onStop() {
        if (running != null) {
            running.stop();
        }
        return this;
    }
}
