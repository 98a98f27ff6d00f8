package io.convoke.actors.state;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.receptionist.Receptionist;
import akka.actor.typed.receptionist.ServiceKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Knows every actor of one node that people can ask about, by kind and identifier. The boards of all nodes find each
 * other through the receptionist; a process outside the cluster has one for itself.
 */
public final class StateBoard extends AbstractBehavior<StateBoard.Command> {
    public sealed interface Command {}

    /**
     * Puts an actor on the board; it leaves it by terminating. An actor registered earlier under the same kind and
     * identifier gives way.
     */
    public record Register(String kind, String id, ActorRef<GetState> actor) implements Command {}

    /** Says that an actor's state is another now; whoever watches is told. */
    public record Changed(String kind, String id) implements Command {}

    /** Tells {@code subscriber} of every change on every node from now on, until it terminates. */
    public record Subscribe(ActorRef<StateChange> subscriber) implements Command {}

    /**
     * Asks all actors of a kind on this node, or the one with that identifier, for their state. Answers once, after
     * the bound at the latest; who has not answered by then is listed as unanswered.
     */
    public record GatherLocal(String kind, @Nullable String id, Duration bound, ActorRef<Gathered> replyTo)
            implements Command, ClusterMessage {}

    /** The states of one node's actors, by identifier. */
    public record Gathered(List<StateSnapshot> snapshots) implements ClusterMessage {}

    /** Tells {@code follower}, another node's board, of every change on this node, until it says otherwise or terminates. */
    record Follow(ActorRef<StateChange> follower) implements Command, ClusterMessage {}

    record Unfollow(ActorRef<StateChange> follower) implements Command, ClusterMessage {}

    private record Left(ActorRef<GetState> actor) implements Command {}

    private record SubscriberGone(ActorRef<StateChange> subscriber) implements Command {}

    private record ChangedElsewhere(StateChange change) implements Command {}

    private record BoardsSeen(Receptionist.Listing listing) implements Command {}

    private record Place(String kind, String id) {}

    /** How to find the boards of all nodes. */
    public static final ServiceKey<Command> KEY = ServiceKey.create(Command.class, "state-board");

    private final String node;
    private final InstantSource clock;
    private final Map<String, Map<String, ActorRef<GetState>>> kinds = new LinkedHashMap<>();
    private final Map<ActorRef<GetState>, Set<Place>> places = new HashMap<>();
    private final Set<ActorRef<StateChange>> subscribers = new LinkedHashSet<>();
    private final Set<ActorRef<StateChange>> followers = new LinkedHashSet<>();
    private final Set<ActorRef<Command>> followed = new HashSet<>();
    private Set<ActorRef<Command>> others = Set.of();
    private final ActorRef<StateChange> elsewhere;

    private StateBoard(ActorContext<Command> context, String node, InstantSource clock) {
        super(context);
        this.node = node;
        this.clock = clock;
        this.elsewhere = context.messageAdapter(StateChange.class, ChangedElsewhere::new);
        ActorRef<Receptionist.Listing> listings = context.messageAdapter(Receptionist.Listing.class, BoardsSeen::new);
        context.getSystem().receptionist().tell(Receptionist.register(KEY, context.getSelf()));
        context.getSystem().receptionist().tell(Receptionist.subscribe(KEY, listings));
    }

    /**
     * The board of one node.
     *
     * @param node the node's name, as it stands in every change
     * @param clock where the times of changes come from
     */
    public static Behavior<Command> create(String node, InstantSource clock) {
        return Behaviors.setup(context -> new StateBoard(context, node, clock));
    }

    /**
     * The states of all actors of a kind, or of the one with that identifier, from all nodes, by identifier. Answers
     * after the bound at the latest; an actor, or a whole node, that has not answered by then is listed with
     * {@code "unanswered": true}. Empty when there is none.
     */
    public static CompletionStage<List<StateSnapshot>> gather(
            ActorSystem<?> system, String kind, @Nullable String id, Duration bound) {
        return new StateGathering(system, bound).gather(kind, id);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Register.class, this::onRegister)
                .onMessage(Changed.class, this::onChanged)
                .onMessage(Subscribe.class, this::onSubscribe)
                .onMessage(GatherLocal.class, this::onGatherLocal)
                .onMessage(Follow.class, this::onFollow)
                .onMessage(Unfollow.class, this::onUnfollow)
                .onMessage(Left.class, this::onLeft)
                .onMessage(SubscriberGone.class, this::onSubscriberGone)
                .onMessage(ChangedElsewhere.class, this::onChangedElsewhere)
                .onMessage(BoardsSeen.class, this::onBoardsSeen)
                .build();
    }

    private Behavior<Command> onRegister(Register command) {
        ActorRef<GetState> before = kinds.computeIfAbsent(command.kind(), unseen -> new LinkedHashMap<>())
                .put(command.id(), command.actor());
        if (command.actor().equals(before)) {
            return this;
        }
        Place place = new Place(command.kind(), command.id());
        if (before != null) {
            leave(before, place);
        }
        if (!places.containsKey(command.actor())) {
            getContext().watchWith(command.actor(), new Left(command.actor()));
        }
        places.computeIfAbsent(command.actor(), unseen -> new LinkedHashSet<>()).add(place);
        publish(command.kind(), command.id(), before == null ? "added" : "changed");
        return this;
    }

    private void leave(ActorRef<GetState> actor, Place place) {
        Set<Place> its = places.get(actor);
        if (its != null && its.remove(place) && its.isEmpty()) {
            places.remove(actor);
            getContext().unwatch(actor);
        }
    }

    private Behavior<Command> onChanged(Changed command) {
        Map<String, ActorRef<GetState>> ofKind = kinds.get(command.kind());
        if (ofKind != null && ofKind.containsKey(command.id())) {
            publish(command.kind(), command.id(), "changed");
        }
        return this;
    }

    private Behavior<Command> onLeft(Left command) {
        Set<Place> its = places.remove(command.actor());
        if (its != null) {
            for (Place place : its) {
                kinds.getOrDefault(place.kind(), Map.of()).remove(place.id());
                publish(place.kind(), place.id(), "removed");
            }
        }
        return this;
    }

    private Behavior<Command> onGatherLocal(GatherLocal command) {
        List<StateGatherer.Asked> asked = new ArrayList<>();
        kinds.getOrDefault(command.kind(), Map.of()).forEach((id, actor) -> {
            if (command.id() == null || command.id().equals(id)) {
                asked.add(new StateGatherer.Asked(id, actor));
            }
        });
        if (asked.isEmpty()) {
            command.replyTo().tell(new Gathered(List.of()));
        } else {
            getContext()
                    .spawnAnonymous(
                            StateGatherer.create(command.kind(), node, asked, command.bound(), command.replyTo()));
        }
        return this;
    }

    private Behavior<Command> onSubscribe(Subscribe command) {
        if (subscribers.add(command.subscriber())) {
            getContext().watchWith(command.subscriber(), new SubscriberGone(command.subscriber()));
            follow();
        }
        return this;
    }

    private Behavior<Command> onFollow(Follow command) {
        if (followers.add(command.follower())) {
            getContext().watchWith(command.follower(), new SubscriberGone(command.follower()));
        }
        return this;
    }

    private Behavior<Command> onUnfollow(Unfollow command) {
        if (followers.remove(command.follower())) {
            getContext().unwatch(command.follower());
        }
        return this;
    }

    private Behavior<Command> onSubscriberGone(SubscriberGone command) {
        followers.remove(command.subscriber());
        if (subscribers.remove(command.subscriber()) && subscribers.isEmpty()) {
            followed.forEach(board -> board.tell(new Unfollow(elsewhere)));
            followed.clear();
        }
        return this;
    }

    private Behavior<Command> onChangedElsewhere(ChangedElsewhere command) {
        subscribers.forEach(subscriber -> subscriber.tell(command.change()));
        return this;
    }

    private Behavior<Command> onBoardsSeen(BoardsSeen command) {
        Set<ActorRef<Command>> boards = new HashSet<>(command.listing().getServiceInstances(KEY));
        boards.remove(getContext().getSelf());
        others = boards;
        followed.retainAll(boards);
        if (!subscribers.isEmpty()) {
            follow();
        }
        return this;
    }

    /** Boards tell each other nothing while nobody listens. */
    private void follow() {
        for (ActorRef<Command> board : others) {
            if (followed.add(board)) {
                board.tell(new Follow(elsewhere));
            }
        }
    }

    private void publish(String kind, String id, String what) {
        StateChange change = new StateChange(kind, id, what, clock.instant(), node);
        subscribers.forEach(subscriber -> subscriber.tell(change));
        followers.forEach(follower -> follower.tell(change));
    }
}
