package io.convoke.http.webbridge3;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.convoke.actors.webbridge.SessionOutcome;
import io.convoke.actors.webbridge.ToClient;
import io.convoke.actors.webbridge.Webbridge;
import io.convoke.http.webbridge3.SessionMachine.Output;
import java.time.Duration;
import java.util.UUID;

/** One session WebSocket: runs its {@link SessionMachine} between the socket's streams and the Webbridge. Ends with the socket. */
final class SessionConnection extends AbstractBehavior<SessionConnection.Command> {
    sealed interface Command {}

    /** The inbound stream runs; it sends the next message after each {@link Next}. */
    record Began(ActorRef<Next> stream) implements Command {}

    /** A whole message of the client. */
    record Received(ClientFrame frame, ActorRef<Next> stream) implements Command {}

    /** The inbound stream is over. */
    record Gone(String why) implements Command {}

    private record Outcome(SessionOutcome outcome) implements Command {}

    private record FromServer(ToClient message) implements Command {}

    private enum Due implements Command {
        TIMER
    }

    /** Asks the inbound stream for more. */
    enum Next {
        MESSAGE
    }

    /** What a client's message turned out to be. */
    sealed interface ClientFrame {
        record Text(String text) implements ClientFrame {
            @Override
            public String toString() {
                return "Text[" + text.length() + " characters]";
            }
        }

        record Binary() implements ClientFrame {}

        record TooLarge() implements ClientFrame {}
    }

    /** The way to the client. */
    interface Outlet {
        /** Queues a text frame; false where it does not fit, because the client does not read. */
        boolean send(String json);

        /** Closes after what is queued. */
        void close(int code);

        /** Breaks the connection off. */
        void abort();
    }

    /** Akka HTTP waits three seconds for the client's close frame; a client that reads nothing would hold the connection longer. */
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final ActorRef<Webbridge.Command> webbridge;
    private final TimerScheduler<Command> timers;
    private final Outlet outlet;
    private final SessionMachine machine;
    private final ActorRef<ToClient> client;
    private final ActorRef<SessionOutcome> outcomes;
    private boolean closed;
    private String why = "the WebSocket ended";

    static Behavior<Command> create(SessionLimits limits, ActorRef<Webbridge.Command> webbridge, Outlet outlet) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new SessionConnection(context, timers, limits, webbridge, outlet)));
    }

    private SessionConnection(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            SessionLimits limits,
            ActorRef<Webbridge.Command> webbridge,
            Outlet outlet) {
        super(context);
        this.webbridge = webbridge;
        this.timers = timers;
        this.outlet = outlet;
        this.machine = new SessionMachine(limits, System.nanoTime());
        this.client = context.messageAdapter(ToClient.class, FromServer::new);
        this.outcomes = context.messageAdapter(SessionOutcome.class, Outcome::new);
        watchClock();
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Began.class, this::onBegan)
                .onMessage(Received.class, this::onReceived)
                .onMessage(Outcome.class, this::onOutcome)
                .onMessage(FromServer.class, this::onFromServer)
                .onMessage(Due.class, due -> onDue())
                .onMessage(Gone.class, this::onGone)
                .onSignal(PostStop.class, stopped -> onStopped())
                .build();
    }

    private Behavior<Command> onBegan(Began began) {
        began.stream().tell(Next.MESSAGE);
        return this;
    }

    private Behavior<Command> onReceived(Received received) {
        long now = System.nanoTime();
        if (received.frame() instanceof ClientFrame.Text text) {
            machine.handleText(now, text.text());
        } else if (received.frame() instanceof ClientFrame.Binary) {
            machine.handleBinary();
        } else {
            machine.handleTooLarge();
        }
        received.stream().tell(Next.MESSAGE);
        return drain();
    }

    private Behavior<Command> onOutcome(Outcome message) {
        machine.handleOutcome(message.outcome());
        return drain();
    }

    private Behavior<Command> onFromServer(FromServer message) {
        machine.handleServer(message.message());
        return drain();
    }

    private Behavior<Command> onDue() {
        if (closed) {
            // The client had its time to answer the close frame.
            outlet.abort();
            return Behaviors.stopped();
        }
        machine.handleTimeout(System.nanoTime());
        return drain();
    }

    private Behavior<Command> onGone(Gone gone) {
        if (!closed) {
            why = gone.why();
        }
        return Behaviors.stopped();
    }

    private Behavior<Command> onStopped() {
        UUID connection = machine.connection();
        if (connection != null) {
            webbridge.tell(new Webbridge.ClientGone(connection, why));
        }
        outlet.close(SessionMachine.NORMAL);
        return this;
    }

    private Behavior<Command> drain() {
        for (Output output = machine.poll(); output != null; output = machine.poll()) {
            if (output instanceof Output.Send send) {
                if (!outlet.send(send.json())) {
                    why = "the client does not read";
                    outlet.abort();
                    return Behaviors.stopped();
                }
            } else if (output instanceof Output.Authenticate authenticate) {
                webbridge.tell(new Webbridge.OpenSession(authenticate.token(), client, outcomes));
            } else if (output instanceof Output.Forward forward) {
                webbridge.tell(new Webbridge.FromClient(forward.connection(), forward.json()));
            } else if (output instanceof Output.Close close) {
                close(close);
            }
        }
        watchClock();
        return this;
    }

    private void close(Output.Close close) {
        closed = true;
        why = close.why();
        outlet.close(close.code());
        timers.startSingleTimer(Due.TIMER, Due.TIMER, FAREWELL);
    }

    private void watchClock() {
        if (!closed) {
            long delay = Math.max(1, machine.deadlineNanos() - System.nanoTime());
            timers.startSingleTimer(Due.TIMER, Due.TIMER, Duration.ofNanos(delay));
        }
    }
}
