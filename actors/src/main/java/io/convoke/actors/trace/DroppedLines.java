package io.convoke.actors.trace;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Says that log lines were lost, once a minute at most: a log with holes must not look like a whole one. */
public final class DroppedLines extends AbstractBehavior<DroppedLines.Command> {
    static final Duration EVERY = Duration.ofMinutes(1);

    public sealed interface Command {}

    private enum Due implements Command {
        LOOK
    }

    private final LongSupplier dropped;
    private final Journal journal;
    private long said;

    /** {@code dropped}: how many so far, {@link LogStreams#dropped}. */
    public static Behavior<Command> create(LongSupplier dropped, Journal journal) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new DroppedLines(context, timers, dropped, journal)));
    }

    private DroppedLines(
            ActorContext<Command> context, TimerScheduler<Command> timers, LongSupplier dropped, Journal journal) {
        super(context);
        this.dropped = dropped;
        this.journal = journal;
        timers.startTimerWithFixedDelay(Due.LOOK, EVERY);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder().onMessageEquals(Due.LOOK, this::onLook).build();
    }

    private Behavior<Command> onLook() {
        long now = dropped.getAsLong();
        if (now > said) {
            journal.record(
                    Facility.USER,
                    Severity.WARNING,
                    "host:server",
                    "logLinesDropped",
                    Ids.none(),
                    (now - said) + " log lines were lost, " + now
                            + " since the start: a log file or syslog server did not keep up (convoke.logs.queue)");
            said = now;
        }
        return this;
    }
}
