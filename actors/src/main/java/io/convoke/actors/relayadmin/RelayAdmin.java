package io.convoke.actors.relayadmin;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.receptionist.Receptionist;
import akka.actor.typed.receptionist.ServiceKey;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Finds a relay by its identifier on the state board, and asks it. */
public final class RelayAdmin {
    private final ActorSystem<?> system;
    private final Duration bound;

    /** {@code bound}: how long an answer may take. */
    public RelayAdmin(ActorSystem<?> system, Duration bound) {
        this.system = system;
        this.bound = bound;
    }

    /** Under which whoever answers for that relay is registered. */
    public static ServiceKey<RelayQuestion> key(String relay) {
        return ServiceKey.create(RelayQuestion.class, "relay-" + relay);
    }

    /** Never fails. */
    public CompletionStage<RelayReply> ask(String relay, RelayRequest request) {
        ServiceKey<RelayQuestion> key = key(relay);
        return AskPattern.<Receptionist.Command, Receptionist.Listing>ask(
                        system.receptionist(), replyTo -> Receptionist.find(key, replyTo), bound, system.scheduler())
                .thenCompose(listing -> nearest(listing, key)
                        .map(answers -> ask(answers, request))
                        .orElseGet(() ->
                                CompletableFuture.completedFuture(RelayReply.of(RelayReply.Outcome.UNKNOWN_RELAY))))
                .exceptionally(late -> RelayReply.of(RelayReply.Outcome.UNAVAILABLE));
    }

    private CompletionStage<RelayReply> ask(ActorRef<RelayQuestion> answers, RelayRequest request) {
        return AskPattern.ask(answers, replyTo -> new RelayQuestion(request, replyTo), bound, system.scheduler());
    }

    /** An edge's relay is known to each node that is linked to it; one of them does, on this node if possible. */
    private static Optional<ActorRef<RelayQuestion>> nearest(
            Receptionist.Listing listing, ServiceKey<RelayQuestion> key) {
        return listing.getServiceInstances(key).stream()
                .min(Comparator.comparing(actor -> actor.path().address().hasGlobalScope()));
    }
}
