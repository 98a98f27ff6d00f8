package io.convoke.actors.callbridge;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.actor.typed.receptionist.Receptionist;
import io.convoke.actors.c2w.C2wCodec;
import io.convoke.actors.c2w.C2wConnection;
import io.convoke.actors.c2w.C2wDialer;
import io.convoke.actors.c2w.C2wFailure;
import io.convoke.actors.c2w.C2wInbound;
import io.convoke.actors.c2w.C2wMessage;
import io.convoke.actors.c2w.JwtIssuer;
import io.convoke.actors.callleg.ToEntry;
import io.convoke.actors.conference.HostCommand;
import io.convoke.actors.node.StateJson;
import io.convoke.actors.relayadmin.RelayQuestion;
import io.convoke.actors.state.GetState;
import io.convoke.actors.trace.Facility;
import io.convoke.actors.trace.Ids;
import io.convoke.actors.trace.Severity;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The link to one web bridge: dials it, greets it, carries its joins and sessions, and dials again when it is gone. */
final class C2wLink extends AbstractBehavior<C2wLink.Command> {
    private static final Duration PROBE_EVERY = Duration.ofSeconds(10);

    sealed interface Command {}

    /** Send this if the link is up; what is not sent is answered by time-outs. */
    record Send(C2wMessage.FromCallbridge message) implements Command {}

    /** An administrator asks the edge's relay. */
    record AskEdge(String relay, RelayQuestion question) implements Command {}

    /** The callbridge is being stopped: the link says goodbye and ends. */
    enum Farewell implements Command {
        INSTANCE
    }

    private record Dialled(
            @Nullable C2wConnection connection, @Nullable Throwable failure) implements Command {}

    private record Inbound(int generation, C2wMessage message) implements Command {}

    private record Closed(int generation, C2wFailure why) implements Command {}

    private record FromLeg(ToEntry message) implements Command {}

    private record Asked(GetState question) implements Command {}

    private record CallbridgesListed() implements Command {}

    private enum Due implements Command {
        PROBE,
        DIAL,
        HELLO_TIMEOUT
    }

    private enum State {
        DIALLING,
        HELLOING,
        UP,
        WAITING
    }

    private final HostContext host;
    private final TimerScheduler<Command> timers;
    private final C2wDialer dialer;
    private final JwtIssuer jwt;
    private final URI url;
    private final String id;
    private final ActorRef<Callbridge.Command> callbridge;
    private final Backoff backoff;
    private final OpenSessions sessions;
    private final EdgeMirrors mirrors;
    private State state = State.WAITING;
    private Instant since;
    private int generation;
    private @Nullable C2wConnection connection;
    private C2wMessage.@Nullable HelloAnswer peer;
    private @Nullable C2wFailure lastFailure;
    private @Nullable Instant nextRetry;
    private boolean peerStops;
    private long joins;

    static Behavior<Command> create(
            HostContext host, C2wDialer dialer, JwtIssuer jwt, URI url, ActorRef<Callbridge.Command> callbridge) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new C2wLink(context, timers, host, dialer, jwt, url, callbridge)));
    }

    private C2wLink(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            HostContext host,
            C2wDialer dialer,
            JwtIssuer jwt,
            URI url,
            ActorRef<Callbridge.Command> callbridge) {
        super(context);
        this.host = host;
        this.timers = timers;
        this.dialer = dialer;
        this.jwt = jwt;
        this.url = url;
        this.id = url.getHost() + ":" + url.getPort() + "@" + host.settings().callbridge();
        this.callbridge = callbridge;
        this.sessions = new OpenSessions(host.entities(), context.messageAdapter(ToEntry.class, FromLeg::new));
        this.mirrors = new EdgeMirrors(context, host.node(), url.getHost() + ":" + url.getPort());
        this.since = host.node().clock().instant();
        CoreSettings.LinkSettings link = host.settings().link();
        this.backoff = new Backoff(
                link.minBackoff(),
                link.maxBackoff(),
                () -> ThreadLocalRandom.current().nextDouble());
        // When a callbridge goes, the entities of calls that came in here may have gone with it.
        context.getSystem()
                .receptionist()
                .tell(Receptionist.subscribe(
                        HostCommand.KEY,
                        context.messageAdapter(Receptionist.Listing.class, listing -> new CallbridgesListed())));
        timers.startTimerWithFixedDelay(Due.PROBE, PROBE_EVERY);
        host.node().board().register("c2w-links", id, context.messageAdapter(GetState.class, Asked::new));
        dial();
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Send.class, send -> send(send.message()))
                .onMessage(AskEdge.class, asked -> send(mirrors.ask(asked)))
                .onMessage(Dialled.class, this::onDialled)
                .onMessage(Inbound.class, this::onInbound)
                .onMessage(Closed.class, this::onClosed)
                .onMessage(FromLeg.class, leg -> onLeg(leg.message()))
                .onMessage(Due.class, this::onDue)
                .onMessage(CallbridgesListed.class, listed -> probe())
                .onMessageEquals(Farewell.INSTANCE, this::onFarewell)
                .onMessage(Asked.class, this::onAsked)
                .onSignal(PostStop.class, stopped -> onStopped())
                .build();
    }

    private void dial() {
        enter(State.DIALLING);
        int dialled = ++generation;
        ActorRef<Command> self = getContext().getSelf();
        getContext()
                .pipeToSelf(
                        dialer.dial(url, new C2wInbound() {
                            @Override
                            public void message(C2wMessage message) {
                                self.tell(new Inbound(dialled, message));
                            }

                            @Override
                            public void closed(C2wFailure why) {
                                self.tell(new Closed(dialled, why));
                            }
                        }),
                        Dialled::new);
    }

    private Behavior<Command> onDialled(Dialled dialled) {
        if (dialled.connection() == null) {
            return down(asFailure(dialled.failure()));
        }
        connection = dialled.connection();
        enter(State.HELLOING);
        timers.startSingleTimer(Due.HELLO_TIMEOUT, host.settings().link().helloTimeout());
        connection.send(new C2wMessage.Hello(
                C2wMessage.VERSION,
                host.settings().callbridge(),
                host.settings().node(),
                host.settings().software(),
                jwt.publicKey(host.settings().callbridge()),
                host.media().addresses()));
        return this;
    }

    private Behavior<Command> onInbound(Inbound inbound) {
        if (inbound.generation() != generation) {
            return this;
        }
        C2wMessage message = inbound.message();
        if (message instanceof C2wMessage.HelloAnswer answer && state == State.HELLOING) {
            return onHello(answer);
        }
        if (state != State.UP) {
            return close(new C2wFailure(
                    C2wFailure.Reason.PROTOCOL,
                    "Expected the web bridge's hello, but found " + C2wCodec.name(message)));
        }
        if (message instanceof C2wMessage.Join join) {
            joins++;
            callbridge.tell(new Callbridge.JoinRequested(join, getContext().getSelf()));
        } else if (message instanceof C2wMessage.SessionOpened opened) {
            sessions.opened(opened);
        } else if (message instanceof C2wMessage.SessionUp up) {
            if (!sessions.up(up)) {
                return send(new C2wMessage.SessionEnd(
                        up.participant(), "unknownParticipant", "The call leg is gone: join again."));
            }
        } else if (message instanceof C2wMessage.SessionClosed closed) {
            sessions.closed(closed);
        } else if (message instanceof C2wMessage.EdgeTrace trace) {
            trace.events().forEach(host.node().journal()::append);
        } else if (message instanceof C2wMessage.EdgeState edge) {
            mirrors.show(edge).ifPresent(words -> say(Severity.WARNING, "edgeStateRefused", words));
        } else if (message instanceof C2wMessage.RelayAnswer answer) {
            mirrors.answered(answer);
        } else if (message instanceof C2wMessage.Goodbye) {
            peerStops = true;
            sessions.over(Stopping.WEB_BRIDGE, participant -> {});
        } else {
            return close(new C2wFailure(
                    C2wFailure.Reason.PROTOCOL,
                    "Expected a web bridge's message, but found " + C2wCodec.name(message)));
        }
        return this;
    }

    private Behavior<Command> onHello(C2wMessage.HelloAnswer answer) {
        timers.cancel(Due.HELLO_TIMEOUT);
        if (answer.version() != C2wMessage.VERSION) {
            return close(new C2wFailure(
                    C2wFailure.Reason.VERSION,
                    "Expected C2W version " + C2wMessage.VERSION + ", but the web bridge (" + answer.software()
                            + ") speaks version " + answer.version()));
        }
        peer = answer;
        backoff.reset();
        lastFailure = null;
        enter(State.UP);
        say(
                Severity.INFO,
                "c2wLinkUp",
                "C2W link to " + url + " is up (web bridge " + answer.name() + ", " + answer.software() + ")");
        return this;
    }

    private Behavior<Command> onClosed(Closed closed) {
        return closed.generation() == generation ? down(closed.why()) : this;
    }

    private Behavior<Command> close(C2wFailure why) {
        C2wConnection open = connection;
        down(why);
        if (open != null) {
            open.close(why);
        }
        return this;
    }

    private Behavior<Command> down(C2wFailure why) {
        generation++;
        timers.cancel(Due.HELLO_TIMEOUT);
        boolean news = state == State.UP || lastFailure == null || lastFailure.reason() != why.reason();
        boolean orderly = peerStops;
        peerStops = false;
        connection = null;
        peer = null;
        lastFailure = why;
        sessions.lost();
        mirrors.clear();
        Duration wait = backoff.next();
        nextRetry = host.node().clock().instant().plus(wait);
        timers.startSingleTimer(Due.DIAL, wait);
        enter(State.WAITING);
        if (orderly) {
            say(Severity.INFO, "c2wLinkDown", "C2W link to " + url + " is closed: the web bridge is being stopped");
        } else if (news) {
            // The same failure again and again is one piece of news; the board shows each retry.
            say(
                    Severity.WARNING,
                    "c2wLinkDown",
                    "C2W link to " + url + " is down (" + why.reason() + "): " + why.words());
        }
        return this;
    }

    private Behavior<Command> probe() {
        sessions.probe();
        return this;
    }

    private Behavior<Command> onDue(Due due) {
        if (due == Due.PROBE) {
            return probe();
        }
        if (due == Due.DIAL) {
            nextRetry = null;
            dial();
            return this;
        }
        return close(new C2wFailure(
                C2wFailure.Reason.CONNECT_TIMEOUT,
                "Expected the web bridge's hello within "
                        + host.settings().link().helloTimeout() + ", but nothing came"));
    }

    private Behavior<Command> onLeg(ToEntry message) {
        if (message instanceof ToEntry.Down down) {
            return send(new C2wMessage.SessionDown(down.participant(), down.text()));
        }
        if (message instanceof ToEntry.End end) {
            return sessions.ended(end)
                    ? send(new C2wMessage.SessionEnd(end.participant(), end.code(), end.detail()))
                    : this;
        }
        sessions.remind(message.participant());
        return this;
    }

    private Behavior<Command> send(C2wMessage.FromCallbridge message) {
        if (connection != null && state == State.UP) {
            connection.send(message);
        }
        return this;
    }

    private void enter(State next) {
        state = next;
        since = host.node().clock().instant();
        host.node().board().changed("c2w-links", id);
    }

    private void say(Severity severity, String step, String text) {
        host.node()
                .journal()
                .record(
                        Facility.USER,
                        severity,
                        "host:server",
                        step,
                        Ids.none().withCallbridge(host.settings().callbridge()),
                        text);
    }

    private Behavior<Command> onAsked(Asked asked) {
        StateJson json = new StateJson(
                        "c2w-links", id, host.node().name(), since, state.name().toLowerCase(java.util.Locale.ROOT))
                .with("url", url.toString())
                .with("callbridge", host.settings().callbridge())
                .with("sessions", sessions.size())
                .with("joins", joins)
                .with("edgeStatesRefused", mirrors.refused())
                .with("failures", backoff.failures())
                .with("nextRetry", nextRetry);
        asked.question()
                .replyTo()
                .tell(C2wLinkView.of(json, peer, connection, lastFailure).snapshot());
        return this;
    }

    /** Whose media runs on this node was told before; here it is those whose meeting another node hosts. */
    private Behavior<Command> onFarewell() {
        sessions.over(
                Stopping.CALLBRIDGE,
                participant -> send(new C2wMessage.SessionEnd(participant, Stopping.CODE, Stopping.CALLBRIDGE)));
        send(new C2wMessage.Goodbye("The callbridge is being stopped"));
        if (state == State.UP) {
            say(Severity.INFO, "c2wLinkDown", "C2W link to " + url + " is closed: this callbridge is being stopped");
        }
        return Behaviors.stopped();
    }

    private Behavior<Command> onStopped() {
        if (connection != null) {
            connection.close(new C2wFailure(C2wFailure.Reason.CLOSED, "The callbridge stops"));
        }
        return this;
    }

    private static C2wFailure asFailure(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof C2wFailure known
                ? known
                : new C2wFailure(
                        C2wFailure.Reason.PROTOCOL,
                        "Expected a connection, but found "
                                + (cause == null ? "nothing" : cause.getClass().getSimpleName()));
    }
}
