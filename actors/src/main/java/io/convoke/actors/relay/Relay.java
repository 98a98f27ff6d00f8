package io.convoke.actors.relay;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.actor.typed.receptionist.Receptionist;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.node.StateJson;
import io.convoke.actors.relayadmin.RelayAdmin;
import io.convoke.actors.relayadmin.RelayQuestion;
import io.convoke.actors.relayadmin.RelayReply;
import io.convoke.actors.state.GetState;
import io.convoke.actors.trace.Origin;
import io.convoke.media.relay.TurnEndpoint;
import io.convoke.protocols.turn.TransportAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** One node's relay: keeps its listeners bound, says who may use it and towards whom, and answers for it. */
public final class Relay extends AbstractBehavior<Relay.Command> {
    public sealed interface Command {}

    /** A callbridge is connected, and takes media there. */
    record MediaAnnounced(UUID link, List<String> addresses) implements Command {}

    /** It has left. */
    record MediaWithdrawn(UUID link) implements Command {}

    /** Its link broke. */
    record MediaLost(UUID link) implements Command {}

    /** Whoever has this name may use the relay no longer. */
    record CredentialsEnded(String username) implements Command {}

    private record Started(
            RelayServer.@Nullable Running server, @Nullable Throwable failure) implements Command {}

    private record Heard(RelayNews.News news) implements Command {}

    private record AdministratorAsks(RelayQuestion question) implements Command {}

    private record StateAsked(GetState question) implements Command {}

    private enum Due implements Command {
        RETRY,
        UNTOLD_NEWS
    }

    /**
     * What a relay is started with.
     *
     * @param id the relay's GUID
     * @param firstRetry pause after the first failure; doubles with each further one
     * @param longestRetry longest pause
     */
    public record Settings(UUID id, RelayRules rules, Duration firstRetry, Duration longestRetry) {}

    /** The kind on the board. */
    public static final String KIND = "relays";

    private static final Duration UNTOLD_NEWS_EVERY = Duration.ofSeconds(10);

    private final TimerScheduler<Command> timers;
    private final Settings settings;
    private final String id;
    private final RelayServer server;
    private final NodeContext node;
    private final RelayWording wording;
    private final RelayedAddresses live = new RelayedAddresses();
    private final RelayNews news;
    private final RelayPolicy policy;
    private final CurrentEndpoints endpoints;
    private final CallbridgeMedia media = new CallbridgeMedia();
    private final RelayDesk desk;
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
            NodeContext node,
            ParticipantBook participants,
            CurrentEndpoints endpoints) {
        super(context);
        this.timers = timers;
        this.settings = settings;
        this.id = settings.id().toString();
        this.server = server;
        this.node = node;
        this.wording = new RelayWording(node.journal().writingAs(Origin.EDGE, "turn"));
        this.endpoints = endpoints;
        this.since = node.clock().instant();
        ActorRef<Command> self = context.getSelf();
        this.news = new RelayNews(live, node.nanos(), heard -> self.tell(new Heard(heard)));
        this.policy = new RelayPolicy(settings.rules(), participants, live, node.clock(), node.nanos(), news);
        this.desk = new RelayDesk(policy, settings.rules(), node.clock());
        context.getSystem()
                .receptionist()
                .tell(Receptionist.register(
                        RelayAdmin.key(id), context.messageAdapter(RelayQuestion.class, AdministratorAsks::new)));
        node.board().register(KIND, id, context.messageAdapter(GetState.class, StateAsked::new));
        timers.startTimerWithFixedDelay(Due.UNTOLD_NEWS, UNTOLD_NEWS_EVERY);
    }

    /** Starts the data plane at once, and stops it with itself. {@code endpoints} is kept to those of the moment. */
    static Behavior<Command> create(
            Settings settings,
            RelayServer server,
            NodeContext node,
            ParticipantBook participants,
            CurrentEndpoints endpoints) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            Relay relay = new Relay(context, timers, settings, server, node, participants, endpoints);
            relay.start();
            return relay;
        }));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Started.class, this::onStarted)
                .onMessage(MediaAnnounced.class, this::onMediaAnnounced)
                .onMessage(MediaWithdrawn.class, this::onMediaWithdrawn)
                .onMessage(MediaLost.class, this::onMediaLost)
                .onMessage(CredentialsEnded.class, this::onCredentialsEnded)
                .onMessage(Heard.class, this::onHeard)
                .onMessage(AdministratorAsks.class, this::onAdministratorAsks)
                .onMessage(StateAsked.class, this::onStateAsked)
                .onMessage(Due.class, this::onDue)
                .onSignal(PostStop.class, stopped -> onStop())
                .build();
    }

    private void start() {
        getContext().pipeToSelf(server.start(policy, news), Started::new);
    }

    private Behavior<Command> onStarted(Started result) {
        since = node.clock().instant();
        running = result.server();
        if (running != null) {
            failures = 0;
            nextRetry = null;
            endpoints.set(running.endpoints());
            reach();
        } else {
            lastError = words(result.failure());
            Duration pause = settings.firstRetry().multipliedBy(1L << Math.min(failures, 20));
            pause = pause.compareTo(settings.longestRetry()) > 0 ? settings.longestRetry() : pause;
            failures++;
            nextRetry = since.plus(pause);
            getContext().getLog().warn("Expected the relay to listen, but {}. Again in {}.", lastError, pause);
            timers.startSingleTimer(Due.RETRY, pause);
        }
        return changed();
    }

    private static String words(@Nullable Throwable failure) {
        Throwable why = failure;
        while (why instanceof CompletionException && why.getCause() != null) {
            why = why.getCause();
        }
        return why == null || why.getMessage() == null ? String.valueOf(why) : why.getMessage();
    }

    private Behavior<Command> onMediaAnnounced(MediaAnnounced announced) {
        media.announced(announced.link(), announced.addresses());
        reach();
        return changed();
    }

    private Behavior<Command> onMediaWithdrawn(MediaWithdrawn withdrawn) {
        if (media.withdrawn(withdrawn.link())) {
            reach();
            return changed();
        }
        return this;
    }

    private Behavior<Command> onMediaLost(MediaLost lost) {
        if (media.lost(lost.link())) {
            timers.startSingleTimer(
                    lost.link(),
                    new MediaWithdrawn(lost.link()),
                    settings.rules().peers().keptFor());
            reach();
            return changed();
        }
        return this;
    }

    /** What was allowed before and is no longer ends at once. */
    private void reach() {
        List<TransportAddress> listeners = new ArrayList<>();
        for (TurnEndpoint endpoint : endpoints.get()) {
            listeners.add(TransportAddress.of(endpoint.bound()));
            listeners.add(TransportAddress.of(endpoint.announced()));
        }
        policy.reach(media, listeners);
        if (running != null) {
            running.peersChanged();
        }
    }

    private Behavior<Command> onCredentialsEnded(CredentialsEnded ended) {
        if (running != null) {
            running.closeOf(ended.username());
        }
        return this;
    }

    private Behavior<Command> onHeard(Heard heard) {
        wording.write(heard.news());
        return this;
    }

    private Behavior<Command> onAdministratorAsks(AdministratorAsks asks) {
        ActorRef<RelayReply> asker = asks.question().replyTo();
        boolean drainedBefore = policy.isDraining();
        desk.answer(asks.question().request(), running)
                .whenComplete((reply, failure) ->
                        asker.tell(failure == null ? reply : RelayReply.of(RelayReply.Outcome.UNAVAILABLE)));
        if (drainedBefore != policy.isDraining()) {
            wording.drains(policy.isDraining());
            return changed();
        }
        return this;
    }

    private Behavior<Command> onDue(Due due) {
        if (due == Due.RETRY) {
            nextRetry = null;
            start();
            return this;
        }
        long untold = news.untold();
        if (untold > 0) {
            wording.untold(untold);
        }
        return this;
    }

    private Behavior<Command> changed() {
        node.board().changed(KIND, id);
        return this;
    }

    private Behavior<Command> onStateAsked(StateAsked asked) {
        StateJson json = new StateJson(KIND, id, node.name(), since, word());
        if (running != null) {
            json.with("listeners", RelayState.listeners(endpoints.get()));
        } else {
            json.with("failures", failures).with("nextRetry", nextRetry);
        }
        RelayState.rules(json, settings.rules(), policy, media);
        if (running != null) {
            json.with("counters", RelayState.counters(running.counters(), policy));
        }
        asked.question().replyTo().tell(json.with("lastError", lastError).snapshot());
        return this;
    }

    private String word() {
        if (running == null) {
            return nextRetry == null ? "starting" : "waiting";
        }
        return policy.isDraining() ? "draining" : "listening";
    }

    private Behavior<Command> onStop() {
        endpoints.set(List.of());
        if (running != null) {
            running.stop();
        }
        return this;
    }
}
