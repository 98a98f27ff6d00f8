package io.convoke.actors.state;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.receptionist.Receptionist;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Asks the boards of all nodes, and says of those that do not answer that they did not. */
final class StateGathering {
    private static final Comparator<StateSnapshot> ORDER =
            Comparator.comparing(StateSnapshot::id).thenComparing(StateSnapshot::node);

    private final ActorSystem<?> system;
    private final Duration bound;

    StateGathering(ActorSystem<?> system, Duration bound) {
        this.system = system;
        this.bound = bound;
    }

    CompletionStage<List<StateSnapshot>> gather(String kind, @Nullable String id) {
        CompletionStage<Receptionist.Listing> listing = AskPattern.ask(
                system.receptionist(),
                replyTo -> Receptionist.find(StateBoard.KEY, replyTo),
                bound,
                system.scheduler());
        // The boards wait a little shorter than we do, so that their answer about the silent ones still arrives.
        Duration inner = bound.multipliedBy(3).dividedBy(4);
        return listing.thenCompose(found -> all(found.getServiceInstances(StateBoard.KEY), kind, id, inner));
    }

    private CompletionStage<List<StateSnapshot>> all(
            Set<ActorRef<StateBoard.Command>> boards, String kind, @Nullable String id, Duration inner) {
        List<CompletableFuture<List<StateSnapshot>>> answers = boards.stream()
                .map(board -> one(board, kind, id, inner).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> answers.stream()
                        .flatMap(answer -> answer.join().stream())
                        .sorted(ORDER)
                        .filter(unlessSeen())
                        .toList());
    }

    /** What an edge says about itself, every node with a link to it repeats: it is listed once. */
    private static Predicate<StateSnapshot> unlessSeen() {
        Set<List<String>> seen = new HashSet<>();
        return snapshot -> seen.add(List.of(snapshot.id(), snapshot.node()));
    }

    private CompletionStage<List<StateSnapshot>> one(
            ActorRef<StateBoard.Command> board, String kind, @Nullable String id, Duration inner) {
        return AskPattern.<StateBoard.Command, StateBoard.Gathered>ask(
                        board,
                        replyTo -> new StateBoard.GatherLocal(kind, id, inner, replyTo),
                        bound,
                        system.scheduler())
                .thenApply(StateBoard.Gathered::snapshots)
                .exceptionally(silent -> {
                    String address = board.path().address().hostPort();
                    return List.of(unanswered(kind, "node " + address, address));
                });
    }

    static StateSnapshot unanswered(String kind, String id, String node) {
        String json = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("kind", kind)
                .put("node", node)
                .put("unanswered", true)
                .toString();
        return new StateSnapshot(kind, id, node, json);
    }
}
