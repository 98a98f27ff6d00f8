package io.convoke.actors.trace;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.receptionist.Receptionist;
import akka.actor.typed.receptionist.ServiceKey;
import io.convoke.actors.state.ClusterMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Answers for the events of one core node; the collectors of all nodes find each other through the receptionist. */
public final class TraceCollector extends AbstractBehavior<TraceCollector.Command> {
    public sealed interface Command {}

    /** Asks for a story as far as this node alone knows it. */
    public record Query(TraceQuery query, ActorRef<Story> replyTo) implements Command, ClusterMessage {}

    /** Asks which further identifiers this node's events tie to those known. */
    record Relate(TraceLinks known, ActorRef<Related> replyTo) implements Command, ClusterMessage {}

    /** Asks for this node's events of a story, from a position in its ring on. */
    record Select(TraceLinks links, long fromPosition, ActorRef<Page> replyTo) implements Command, ClusterMessage {}

    /** Events by time, then sequence. */
    public record Story(List<TraceEvent> events) implements ClusterMessage {}

    record Related(TraceLinks links) implements ClusterMessage {}

    /** Some events, and where to go on; -1 after the last. */
    record Page(List<TraceEvent> events, long nextPosition) implements ClusterMessage {}

    static final ServiceKey<Command> KEY = ServiceKey.create(Command.class, "trace-collector");

    /** Keeps a page well under the 256 KiB that a message between nodes may have. */
    static final int PAGE_EVENTS = 200;

    private final TraceStore store;

    private TraceCollector(ActorContext<Command> context, TraceStore store) {
        super(context);
        this.store = store;
        context.getSystem().receptionist().tell(Receptionist.register(KEY, context.getSelf()));
    }

    /** A collector over this node's store. */
    public static Behavior<Command> create(TraceStore store) {
        return Behaviors.setup(context -> new TraceCollector(context, store));
    }

    /**
     * The story as all nodes together know it, by time and then sequence. A node that does not answer within the
     * bound is left out.
     */
    public static CompletionStage<List<TraceEvent>> ask(ActorSystem<?> system, TraceQuery query, Duration bound) {
        return new TraceGathering(system, bound).tell(query);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Query.class, this::onQuery)
                .onMessage(Relate.class, this::onRelate)
                .onMessage(Select.class, this::onSelect)
                .build();
    }

    private Behavior<Command> onQuery(Query command) {
        command.replyTo().tell(new Story(store.query(command.query())));
        return this;
    }

    private Behavior<Command> onRelate(Relate command) {
        TraceLinks links = command.known().copy();
        TraceStory.expand(store.from(0).events(), links);
        command.replyTo().tell(new Related(links));
        return this;
    }

    private Behavior<Command> onSelect(Select command) {
        TraceStore.Piece piece = store.from(command.fromPosition());
        List<TraceEvent> events = piece.events();
        List<TraceEvent> page = new ArrayList<>();
        int looked = 0;
        while (looked < events.size() && page.size() < PAGE_EVENTS) {
            TraceEvent event = events.get(looked++);
            if (TraceStory.wants(event, command.links())) {
                page.add(event);
            }
        }
        boolean last = looked == events.size();
        long next = last ? -1 : piece.nextPosition() - events.size() + looked;
        command.replyTo().tell(new Page(page, next));
        return this;
    }
}
