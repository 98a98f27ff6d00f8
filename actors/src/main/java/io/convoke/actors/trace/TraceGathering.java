package io.convoke.actors.trace;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.receptionist.Receptionist;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Asks all collectors for one story. First they are asked in turns which identifiers belong to it, since one node may
 * know that a user is a participant and another what became of them; then for the events.
 */
final class TraceGathering {
    /** One identifier leads to the next over at most so many hops from node to node. */
    private static final int MOST_ROUNDS = 4;

    private final ActorSystem<?> system;
    private final Duration bound;

    TraceGathering(ActorSystem<?> system, Duration bound) {
        this.system = system;
        this.bound = bound;
    }

    CompletionStage<List<TraceEvent>> tell(TraceQuery query) {
        CompletionStage<Receptionist.Listing> listing = AskPattern.ask(
                system.receptionist(),
                replyTo -> Receptionist.find(TraceCollector.KEY, replyTo),
                bound,
                system.scheduler());
        return listing.thenCompose(found -> {
            Set<ActorRef<TraceCollector.Command>> nodes = found.getServiceInstances(TraceCollector.KEY);
            return relate(nodes, TraceLinks.of(query), MOST_ROUNDS)
                    .thenCompose(links -> all(nodes, node -> pages(node, links, 0, new ArrayList<>()), List.of())
                            .thenApply(parts -> TraceStory.finish(
                                    parts.stream().flatMap(List::stream).toList(), links)));
        });
    }

    private CompletionStage<TraceLinks> relate(
            Set<ActorRef<TraceCollector.Command>> nodes, TraceLinks known, int rounds) {
        if (rounds == 0) {
            return CompletableFuture.completedFuture(known);
        }
        return all(nodes, node -> related(node, known), known).thenCompose(answers -> {
            TraceLinks union = known.copy();
            answers.forEach(union::addAll);
            // With one node its own answer is complete; with several another round may lead further.
            return union.equals(known) || nodes.size() < 2
                    ? CompletableFuture.completedFuture(union)
                    : relate(nodes, union, rounds - 1);
        });
    }

    private CompletionStage<TraceLinks> related(ActorRef<TraceCollector.Command> node, TraceLinks known) {
        return AskPattern.<TraceCollector.Command, TraceCollector.Related>ask(
                        node, replyTo -> new TraceCollector.Relate(known, replyTo), bound, system.scheduler())
                .thenApply(TraceCollector.Related::links);
    }

    private CompletionStage<List<TraceEvent>> pages(
            ActorRef<TraceCollector.Command> node, TraceLinks links, long from, List<TraceEvent> soFar) {
        return AskPattern.<TraceCollector.Command, TraceCollector.Page>ask(
                        node, replyTo -> new TraceCollector.Select(links, from, replyTo), bound, system.scheduler())
                .thenCompose(page -> {
                    soFar.addAll(page.events());
                    return page.nextPosition() < 0
                            ? CompletableFuture.completedFuture(soFar)
                            : pages(node, links, page.nextPosition(), soFar);
                });
    }

    /** Asks every node at once; one that does not answer counts as {@code silence}. */
    private static <N, T> CompletionStage<List<T>> all(
            Set<N> nodes, Function<N, CompletionStage<T>> question, T silence) {
        List<CompletableFuture<T>> answers = nodes.stream()
                .map(node -> question.apply(node)
                        .exceptionally(unanswered -> silence)
                        .toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> answers.stream().map(CompletableFuture::join).toList());
    }
}
