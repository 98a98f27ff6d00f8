package io.convoke.http.state;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.PathMatchers;
import akka.http.javadsl.server.Route;
import io.convoke.actors.relayadmin.RelayAdmin;
import io.convoke.actors.relayadmin.RelayReply;
import io.convoke.actors.relayadmin.RelayRequest;
import io.convoke.actors.storage.AdminAccount;
import io.convoke.actors.trace.Facility;
import io.convoke.actors.trace.Ids;
import io.convoke.actors.trace.Journal;
import io.convoke.actors.trace.Severity;
import io.convoke.http.RequestFacts;
import io.convoke.http.admin.BasicGuard;
import io.convoke.http.body.BodyReader;
import io.convoke.http.problem.Problem;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** {@code /state/relays/ID/allocations} and {@code /state/relays/ID/drain}. Who may read states may read; changes take the administrator's password. */
final class RelayRoutes extends AllDirectives {
    private final ActorSystem<?> system;
    private final AdminGuard readers;
    private final BasicGuard administrators;
    private final RelayAdmin relays;
    private final Journal journal;

    RelayRoutes(
            ActorSystem<?> system,
            AdminGuard readers,
            BasicGuard administrators,
            StateSettings settings,
            Journal journal) {
        this.system = system;
        this.readers = readers;
        this.administrators = administrators;
        this.relays = new RelayAdmin(system, settings.timeout());
        this.journal = journal;
    }

    /** Below {@code /state}. */
    Route routes() {
        return extractRequest(request -> pathPrefix(
                "relays",
                () -> pathPrefix(
                        PathMatchers.segment(),
                        relay -> concat(
                                path("allocations", () -> get(() -> read(request, relay, RelayRoutes::page))),
                                path(
                                        PathMatchers.segment("allocations").slash(PathMatchers.segment()),
                                        id -> concat(
                                                get(() -> read(request, relay, query -> one(id))),
                                                delete(() -> close(request, relay, id)))),
                                path(
                                        "drain",
                                        () -> concat(
                                                put(() -> drain(request, relay)),
                                                delete(() -> serve(request, relay))))))));
    }

    /** What came of reading a request's parameters. */
    private sealed interface Asked {
        record Request(RelayRequest request) implements Asked {}

        record Bad(Problem problem) implements Asked {}
    }

    private Route read(HttpRequest request, String relay, Function<RelayParameters, Asked> what) {
        return completeWithFuture(readers.check(request)
                .thenCompose(refusal -> refusal.isPresent()
                        ? CompletableFuture.completedFuture(refusal.get())
                        : answer(relay, what.apply(RelayParameters.of(request)))));
    }

    private static Asked page(RelayParameters query) {
        Optional<Problem> problem = query.problem();
        return problem.isPresent() ? new Asked.Bad(problem.get()) : new Asked.Request(query.page());
    }

    private static Asked one(String id) {
        Optional<UUID> allocation = TraceRequest.guid(id);
        return allocation.isPresent()
                ? new Asked.Request(new RelayRequest.ShowOne(allocation.get()))
                : new Asked.Bad(Problem.badRequest("That is no identifier.", "a GUID", "something else"));
    }

    private Route close(HttpRequest request, String relay, String id) {
        return change(request, () -> {
            if (!(one(id) instanceof Asked.Request)) {
                return answer(relay, one(id));
            }
            UUID allocation = UUID.fromString(id);
            return relays.ask(relay, new RelayRequest.Close(allocation)).thenApply(reply -> {
                if (reply.outcome() == RelayReply.Outcome.DONE) {
                    audit(request, "closed allocation " + allocation + " of relay " + relay);
                    return HttpResponse.create().withStatus(StatusCodes.NO_CONTENT);
                }
                return response(relay, reply);
            });
        });
    }

    private Route drain(HttpRequest request, String relay) {
        String alternate = request.getUri().query().get("alternate").orElse("");
        RelayRequest order = new RelayRequest.Drain(alternate.isEmpty() ? null : alternate);
        return change(request, () -> ordered(request, relay, order, "drains relay " + relay));
    }

    private Route serve(HttpRequest request, String relay) {
        return change(
                request,
                () -> ordered(request, relay, new RelayRequest.Serve(), "puts relay " + relay + " back in service"));
    }

    private CompletionStage<HttpResponse> ordered(HttpRequest request, String relay, RelayRequest order, String words) {
        return relays.ask(relay, order).thenApply(reply -> {
            if (reply.outcome() == RelayReply.Outcome.DONE) {
                audit(request, words);
            }
            return response(relay, reply);
        });
    }

    private interface Change {
        CompletionStage<HttpResponse> make();
    }

    private Route change(HttpRequest request, Change change) {
        BodyReader.dismiss(system, request);
        return completeWithFuture(administrators
                .check(request)
                .thenCompose(refusal ->
                        refusal.isPresent() ? CompletableFuture.completedFuture(refusal.get()) : change.make()));
    }

    private CompletionStage<HttpResponse> answer(String relay, Asked asked) {
        return asked instanceof Asked.Request good
                ? relays.ask(relay, good.request()).thenApply(reply -> response(relay, reply))
                : CompletableFuture.completedFuture(
                        ((Asked.Bad) asked).problem().response());
    }

    private static HttpResponse response(String relay, RelayReply reply) {
        return switch (reply.outcome()) {
            case DONE ->
                StateRoutes.unstored(HttpResponse.create()
                        .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, reply.json())));
            case UNKNOWN_RELAY -> StateRoutes.unknown("relay", relay);
            case UNKNOWN_ALLOCATION ->
                Problem.of(
                                404,
                                "unknownId",
                                "Unknown identifier",
                                "The relay has no allocation with that identifier, or no longer.")
                        .response();
            case REFUSED ->
                Problem.badRequest("The relay refused that.", reply.json(), "something else")
                        .response();
            case UNAVAILABLE ->
                new Problem(
                                503,
                                "relayUnavailable",
                                "Relay unavailable",
                                "The relay does not listen at the moment, or did not answer in time.",
                                null,
                                null,
                                2)
                        .response();
        };
    }

    private void audit(HttpRequest request, String did) {
        journal.record(
                Facility.LOCAL0,
                Severity.INFO,
                "host:server",
                "relayChange",
                Ids.none(),
                RequestFacts.source(request) + ": API user \"" + AdminAccount.USER + "\" " + did);
    }
}
