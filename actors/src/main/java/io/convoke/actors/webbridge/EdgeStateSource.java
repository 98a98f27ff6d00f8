package io.convoke.actors.webbridge;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.convoke.actors.state.StateBoard;
import java.time.Duration;

/** Reads one kind of state off the board of an edge's process, now and then, for the web bridge to show it to the core. */
public final class EdgeStateSource extends AbstractBehavior<EdgeStateSource.Command> {
    public sealed interface Command {}

    private record Read(StateBoard.Gathered gathered) implements Command {}

    private enum Due implements Command {
        READ
    }

    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration BOUND = Duration.ofSeconds(1);

    private final String kind;
    private final ActorRef<StateBoard.Command> board;
    private final ActorRef<Webbridge.Command> webbridge;
    private final ActorRef<StateBoard.Gathered> answers;

    /** For an edge in a process of its own; a core's boards are asked directly. {@code every}: how often it looks. */
    public static Behavior<Command> create(
            String kind, Duration every, ActorRef<StateBoard.Command> board, ActorRef<Webbridge.Command> webbridge) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new EdgeStateSource(context, timers, kind, every, board, webbridge)));
    }

    private EdgeStateSource(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            String kind,
            Duration every,
            ActorRef<StateBoard.Command> board,
            ActorRef<Webbridge.Command> webbridge) {
        super(context);
        this.kind = kind;
        this.board = board;
        this.webbridge = webbridge;
        this.answers = context.messageAdapter(StateBoard.Gathered.class, Read::new);
        timers.startTimerWithFixedDelay(Due.READ, FIRST, every);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessageEquals(Due.READ, this::onDue)
                .onMessage(Read.class, this::onRead)
                .build();
    }

    private Behavior<Command> onDue() {
        board.tell(new StateBoard.GatherLocal(kind, null, BOUND, answers));
        return this;
    }

    private Behavior<Command> onRead(Read read) {
        webbridge.tell(new Webbridge.ShowToCore(read.gathered().snapshots()));
        return this;
    }
}
