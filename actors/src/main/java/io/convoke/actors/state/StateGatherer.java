package io.convoke.actors.state;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One gathering: asks some actors for their state, waits for a bounded time, answers once, and ends. */
final class StateGatherer extends AbstractBehavior<StateGatherer.Command> {
    sealed interface Command {}

    private record Answered(int index, StateSnapshot snapshot) implements Command {}

    private enum BoundReached implements Command {
        INSTANCE
    }

    record Asked(String id, ActorRef<GetState> actor) {}

    private final String kind;
    private final String node;
    private final List<Asked> asked;
    private final ActorRef<StateBoard.Gathered> replyTo;
    private final Map<Integer, StateSnapshot> answers = new HashMap<>();

    private StateGatherer(
            ActorContext<Command> context,
            String kind,
            String node,
            List<Asked> asked,
            ActorRef<StateBoard.Gathered> replyTo) {
        super(context);
        this.kind = kind;
        this.node = node;
        this.asked = List.copyOf(asked);
        this.replyTo = replyTo;
    }

    static Behavior<Command> create(
            String kind, String node, List<Asked> asked, Duration bound, ActorRef<StateBoard.Gathered> replyTo) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startSingleTimer(BoundReached.INSTANCE, bound);
            StateGatherer gatherer = new StateGatherer(context, kind, node, asked, replyTo);
            gatherer.ask();
            return gatherer;
        }));
    }

    /**
     * One child per question, as the answers may come without the identifier asked for: an actor names itself, and a
     * message adapter knows only the class.
     */
    private void ask() {
        ActorRef<Command> self = getContext().getSelf();
        for (int i = 0; i < asked.size(); i++) {
            int index = i;
            ActorRef<StateSnapshot> ear = getContext()
                    .spawn(
                            Behaviors.<StateSnapshot>receive(StateSnapshot.class)
                                    .onMessage(StateSnapshot.class, snapshot -> {
                                        self.tell(new Answered(index, snapshot));
                                        return Behaviors.stopped();
                                    })
                                    .build(),
                            "of-" + index);
            asked.get(i).actor().tell(new GetState(ear));
        }
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Answered.class, this::onAnswered)
                .onMessage(BoundReached.class, reached -> finish())
                .build();
    }

    private Behavior<Command> onAnswered(Answered command) {
        answers.put(command.index(), command.snapshot());
        return answers.size() == asked.size() ? finish() : this;
    }

    private Behavior<Command> finish() {
        List<StateSnapshot> snapshots = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            StateSnapshot answer = answers.get(i);
            snapshots.add(
                    answer == null
                            ? StateGathering.unanswered(kind, asked.get(i).id(), node)
                            : answer);
        }
        replyTo.tell(new StateBoard.Gathered(List.copyOf(snapshots)));
        return Behaviors.stopped();
    }
}
