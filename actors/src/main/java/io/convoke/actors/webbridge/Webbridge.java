package io.convoke.actors.webbridge;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.convoke.actors.c2w.C2wConnection;
import io.convoke.actors.c2w.C2wFailure;
import io.convoke.actors.c2w.C2wMessage;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.relay.RelayAccess;
import io.convoke.actors.relayadmin.RelayAdmin;
import io.convoke.actors.relayadmin.RelayReply;
import io.convoke.actors.state.GetState;
import io.convoke.actors.state.StateSnapshot;
import io.convoke.actors.trace.Journal;
import io.convoke.actors.trace.Origin;
import io.convoke.actors.trace.TraceEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The edge's one actor: joins and sessions on one side, C2W links on the other. */
public final class Webbridge extends AbstractBehavior<Webbridge.Command> {
    /** How long a stop waits for clients to close their WebSockets after the last words. */
    static final Duration STOP_WITHIN = Duration.ofSeconds(1);

    private static final Duration RELAY_ANSWERS_WITHIN = Duration.ofSeconds(2);

    /** What the web bridge is told. All local to the process. */
    public sealed interface Command {}

    /** A callbridge dialled in and passed the TLS handshake. {@code link} is the transport's own name for it, new for each connection. */
    public record LinkUp(UUID link, C2wConnection connection) implements Command {}

    /** The next message on a link. */
    public record LinkMessage(UUID link, C2wMessage message) implements Command {}

    /** A link is gone. */
    public record LinkDown(UUID link, C2wFailure why) implements Command {}

    /** The C2W listener has no certificates, or turned a callbridge away during the handshake: the reason a join without links is refused with. */
    public record ListenerTrouble(C2wFailure why) implements Command {}

    /** The files that the listener lacked are there. */
    public record ListenerReady() implements Command {}

    /**
     * Somebody wants to join. Answered once.
     *
     * @param source address that wrong passcodes are counted by
     * @param host name or address, without a port, that the client reached this web bridge by; empty if unknown
     * @param tracing whether the client asked for a detailed trace
     */
    public record Join(
            JoinForm form, String source, String host, String userAgent, boolean tracing, ActorRef<JoinOutcome> replyTo)
            implements Command {}

    /** A WebSocket's {@code authenticate}. Answered once; {@code client} then gets the session's messages and is watched. */
    public record OpenSession(String token, ActorRef<ToClient> client, ActorRef<SessionOutcome> replyTo)
            implements Command {
        @Override
        public String toString() {
            return "OpenSession[" + client + "]";
        }
    }

    /** A text frame of the client, one JSON object with a {@code type} other than {@code authenticate}, {@code ping} and {@code pong}. */
    public record FromClient(UUID connection, String text) implements Command {}

    /** The WebSocket is gone. */
    public record ClientGone(UUID connection, String reason) implements Command {}

    /** The process is being stopped: clients are told, callbridges too. Answered when the clients' WebSockets are closed, or after a second. */
    public record Stop(ActorRef<Done> replyTo) implements Command {}

    /** What the core is to be shown of this process's own things, whole each time. */
    record ShowToCore(List<StateSnapshot> states) implements Command {}

    private record Recorded(TraceEvent event) implements Command {}

    record JoinTimedOut(long request) implements Command {}

    private record RelayAnswered(UUID link, long request, RelayReply reply) implements Command {}

    /** Whoever joined has had no session for too long. */
    record RelayUnused(UUID participant) implements Command {}

    record ForgetSession(UUID connection) implements Command {}

    record ClientClosed(ActorRef<ToClient> client) implements Command {}

    private enum StopDue implements Command {
        INSTANCE
    }

    private record Asked(GetState question) implements Command {}

    private final EdgeSettings settings;
    private final NodeContext node;
    private final TimerScheduler<Command> timers;
    private final EdgeWording wording;
    private final Journal.@Nullable Listening listening;
    private final TraceForwarder forwarder;
    private final EdgeStates states = new EdgeStates();
    private final LinkTable links = new LinkTable();
    private final RelayAccess relay;
    private final RelayAdmin relayAdmin;
    private final RelayGuests guests;
    private final JoinDesk joins;
    private final SessionDesk sessions;
    private final Instant since;
    private @Nullable C2wFailure trouble;
    private @Nullable ActorRef<Done> stopping;

    /** The web bridge of this process. Its lines go to the node's journal as the edge's. {@code relay} is what its participants may use. */
    public static Behavior<Command> create(EdgeSettings settings, NodeContext node, RelayAccess relay) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new Webbridge(context, timers, settings, node, relay)));
    }

    private Webbridge(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            EdgeSettings settings,
            NodeContext node,
            RelayAccess relay) {
        super(context);
        this.settings = settings;
        this.node = node;
        this.timers = timers;
        this.wording = new EdgeWording(node.journal().writingAs(Origin.EDGE, "client_backend"));
        this.relay = relay;
        this.relayAdmin = new RelayAdmin(context.getSystem(), RELAY_ANSWERS_WITHIN);
        this.guests = new RelayGuests(relay, timers, settings.sessionlessFor());
        this.joins = new JoinDesk(settings, timers, links, wording, relay, guests);
        this.sessions = new SessionDesk(context, timers, wording, guests);
        this.forwarder = new TraceForwarder(settings.maxTraceBuffered());
        this.since = node.clock().instant();
        ActorRef<Command> self = context.getSelf();
        this.listening =
                settings.forwardTrace() ? node.journal().listen(event -> self.tell(new Recorded(event))) : null;
        node.board()
                .register(
                        "c2w-links",
                        "listener@" + settings.webbridge(),
                        context.messageAdapter(GetState.class, Asked::new));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(LinkUp.class, this::onLinkUp)
                .onMessage(LinkMessage.class, this::onLinkMessage)
                .onMessage(LinkDown.class, this::onLinkDown)
                .onMessage(ListenerTrouble.class, this::onListenerTrouble)
                .onMessage(ListenerReady.class, ready -> troubleIs(null))
                .onMessage(Join.class, this::onJoin)
                .onMessage(JoinTimedOut.class, this::onJoinTimedOut)
                .onMessage(RelayAnswered.class, this::onRelayAnswered)
                .onMessage(RelayUnused.class, this::onRelayUnused)
                .onMessage(OpenSession.class, this::onOpenSession)
                .onMessage(FromClient.class, this::onFromClient)
                .onMessage(ClientGone.class, this::onClientGone)
                .onMessage(ForgetSession.class, this::onForgetSession)
                .onMessage(ClientClosed.class, this::onClientClosed)
                .onMessage(Stop.class, this::onStop)
                .onMessageEquals(StopDue.INSTANCE, this::onStopDue)
                .onMessage(Recorded.class, this::onRecorded)
                .onMessage(ShowToCore.class, this::onShowToCore)
                .onMessage(Asked.class, this::onAsked)
                .onSignal(PostStop.class, stopped -> onStopped())
                .build();
    }

    private Behavior<Command> onJoin(Join join) {
        if (stopping != null) {
            join.replyTo().tell(Refusals.stopping());
        } else {
            joins.join(join, trouble);
        }
        return this;
    }

    private Behavior<Command> onJoinTimedOut(JoinTimedOut late) {
        joins.timedOut(late.request());
        return this;
    }

    private Behavior<Command> onRelayUnused(RelayUnused unused) {
        guests.over(unused.participant());
        return this;
    }

    private Behavior<Command> onLinkUp(LinkUp up) {
        links.add(up.link(), up.connection(), node.clock().instant());
        return this;
    }

    private Behavior<Command> onLinkMessage(LinkMessage received) {
        LinkTable.Link link = links.get(received.link());
        if (link == null) {
            return this;
        }
        C2wMessage message = received.message();
        if (message instanceof C2wMessage.Hello hello) {
            onHello(link, hello);
        } else if (message instanceof C2wMessage.JoinAccepted accepted) {
            joins.accepted(accepted);
        } else if (message instanceof C2wMessage.JoinRefused refused) {
            joins.refused(refused);
        } else if (message instanceof C2wMessage.SessionDown down) {
            sessions.down(down, link);
        } else if (message instanceof C2wMessage.SessionEnd end) {
            sessions.end(end, link);
        } else if (message instanceof C2wMessage.RelayAsk ask) {
            getContext()
                    .pipeToSelf(
                            relayAdmin.ask(ask.relay(), ask.what()),
                            (reply, failure) -> new RelayAnswered(link.id, ask.request(), reply));
        } else if (message instanceof C2wMessage.Goodbye) {
            link.leaving = true;
        } else {
            link.connection.close(
                    new C2wFailure(C2wFailure.Reason.PROTOCOL, "Expected a callbridge's message, but found another"));
        }
        return this;
    }

    private Behavior<Command> onRelayAnswered(RelayAnswered answered) {
        LinkTable.Link link = links.get(answered.link());
        if (link != null) {
            link.connection.send(new C2wMessage.RelayAnswer(answered.request(), answered.reply()));
        }
        return this;
    }

    private void onHello(LinkTable.Link link, C2wMessage.Hello hello) {
        link.connection.send(new C2wMessage.HelloAnswer(
                C2wMessage.VERSION, settings.webbridge(), settings.name(), settings.software(), List.of()));
        try {
            links.greeted(link, hello);
        } catch (C2wFailure failure) {
            trouble = failure;
            link.connection.close(failure);
            return;
        }
        wording.connected(hello);
        relay.announced(link.id, hello.mediaAddresses());
        forwarder.flush(link);
        states.greet(link);
        troubleIs(null);
    }

    private Behavior<Command> onLinkDown(LinkDown down) {
        LinkTable.Link link = links.remove(down.link());
        trouble = down.why();
        if (link == null) {
            return this;
        }
        if (link.leaving) {
            trouble = new C2wFailure(C2wFailure.Reason.CLOSED, "the callbridge was stopped");
        }
        if (link.leaving || stopping != null) {
            wording.left(link.hello, link.leaving ? "the callbridge" : "this web bridge");
            relay.withdrawn(link.id);
        } else {
            wording.gone(link.hello, down.why());
            relay.lost(link.id);
        }
        joins.lost(link, trouble);
        sessions.lost(link);
        return troubleIs(trouble);
    }

    private Behavior<Command> onListenerTrouble(ListenerTrouble message) {
        wording.turnedAway(message.why());
        return troubleIs(message.why());
    }

    private Behavior<Command> troubleIs(@Nullable C2wFailure now) {
        trouble = now;
        node.board().changed("c2w-links", "listener@" + settings.webbridge());
        return this;
    }

    private Behavior<Command> onOpenSession(OpenSession open) {
        TokenDesk.Verdict verdict =
                TokenDesk.judge(open.token(), links, trouble, node.clock().instant());
        if (stopping != null) {
            open.replyTo()
                    .tell(new SessionOutcome.SessionRefused(
                            "callbridgeUnavailable",
                            "The web bridge is being stopped. Join again in a moment.",
                            LastWords.CALLBRIDGE_LOST));
        } else if (verdict instanceof TokenDesk.Refused refused) {
            open.replyTo().tell(refused.why());
        } else if (sessions.size() >= settings.maxSessions()) {
            open.replyTo()
                    .tell(new SessionOutcome.SessionRefused(
                            "callbridgeUnavailable",
                            "The web bridge has no room for another session.",
                            LastWords.CALLBRIDGE_LOST));
        } else if (verdict instanceof TokenDesk.Opened opened) {
            sessions.open(open, opened);
        }
        return this;
    }

    private Behavior<Command> onFromClient(FromClient message) {
        sessions.fromClient(message);
        return this;
    }

    private Behavior<Command> onClientGone(ClientGone gone) {
        sessions.gone(gone);
        return this;
    }

    private Behavior<Command> onForgetSession(ForgetSession forget) {
        sessions.forget(forget.connection());
        return this;
    }

    private Behavior<Command> onClientClosed(ClientClosed closed) {
        sessions.closed(closed.client());
        return stoppedWhenAllClosed();
    }

    /** The callbridges hear it first: the calls are over at once, and not when their clients have been away for too long. */
    private Behavior<Command> onStop(Stop stop) {
        stopping = stop.replyTo();
        links.all().forEach(link -> link.connection.send(new C2wMessage.Goodbye("The web bridge is being stopped")));
        joins.stop();
        sessions.endAll(LastWords.of(
                "serverStopping", "The web bridge that carried the call is being stopped. Join again in a moment."));
        guests.allOver();
        timers.startSingleTimer(StopDue.INSTANCE, STOP_WITHIN);
        return stoppedWhenAllClosed();
    }

    private Behavior<Command> stoppedWhenAllClosed() {
        return sessions.allClosed() ? onStopDue() : this;
    }

    /** Goes on listening: the links end with the listener, and the last events of the trace are on their way. */
    private Behavior<Command> onStopDue() {
        ActorRef<Done> asker = stopping;
        if (asker != null) {
            asker.tell(Done.getInstance());
        }
        return this;
    }

    private Behavior<Command> onRecorded(Recorded recorded) {
        forwarder.add(recorded.event());
        links.leastLoaded().ifPresent(forwarder::flush);
        return this;
    }

    private Behavior<Command> onShowToCore(ShowToCore show) {
        states.update(show.states(), links);
        return this;
    }

    private Behavior<Command> onAsked(Asked asked) {
        asked.question()
                .replyTo()
                .tell(WebbridgeView.of(settings, node, since, links, trouble, joins.size(), sessions.size(), forwarder)
                        .snapshot());
        return this;
    }

    private Behavior<Command> onStopped() {
        if (listening != null) {
            listening.close();
        }
        return this;
    }
}
