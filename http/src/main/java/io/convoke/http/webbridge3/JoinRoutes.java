package io.convoke.http.webbridge3;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.CacheControl;
import akka.http.javadsl.model.headers.CacheDirectives;
import akka.http.javadsl.model.headers.Connection;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.PathMatchers;
import akka.http.javadsl.server.Route;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoke.actors.webbridge.JoinForm;
import io.convoke.actors.webbridge.JoinOutcome;
import io.convoke.actors.webbridge.Webbridge;
import io.convoke.http.RequestFacts;
import io.convoke.http.body.BodyReader;
import io.convoke.http.json.Json;
import io.convoke.http.problem.Problem;
import io.convoke.http.problem.Refusals;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code POST /api/join} (client protocol §1). */
public final class JoinRoutes extends AllDirectives {
    private final ActorSystem<?> system;
    private final JoinSettings settings;
    private final ActorRef<Webbridge.Command> webbridge;

    public JoinRoutes(ActorSystem<?> system, JoinSettings settings, ActorRef<Webbridge.Command> webbridge) {
        this.system = system;
        this.settings = settings;
        this.webbridge = webbridge;
    }

    public Route route() {
        return path(
                PathMatchers.segment("api").slash("join"),
                () -> post(() -> extractRequest(request -> completeWithFuture(join(request)))));
    }

    private CompletionStage<HttpResponse> join(HttpRequest request) {
        var type = request.entity().getContentType();
        if (!type.mediaType().equals(MediaTypes.APPLICATION_JSON)) {
            BodyReader.dismiss(system, request);
            return CompletableFuture.completedFuture(
                    closing(Refusals.unsupportedMediaType(type.mediaType().toString())));
        }
        return BodyReader.read(system, request, settings.maxBodyBytes(), settings.bodyTimeout())
                .thenCompose(body -> {
                    if (body instanceof BodyReader.Result.Refused refused) {
                        return CompletableFuture.completedFuture(closing(refused.problem()));
                    }
                    JoinFormReader.Result read = JoinFormReader.read(((BodyReader.Result.Body) body).bytes());
                    if (read instanceof JoinFormReader.Result.Bad bad) {
                        return CompletableFuture.completedFuture(bad.problem().response());
                    }
                    return ask(request, ((JoinFormReader.Result.Form) read).form());
                });
    }

    /** The rest of the body may still be on its way: the connection takes no further request. */
    private static HttpResponse closing(Problem problem) {
        return problem.response().addHeader(Connection.create("close"));
    }

    private CompletionStage<HttpResponse> ask(HttpRequest request, JoinForm form) {
        long began = System.nanoTime();
        return AskPattern.<Webbridge.Command, JoinOutcome>ask(
                        webbridge,
                        replyTo -> new Webbridge.Join(
                                form,
                                RequestFacts.throttleKey(request),
                                RequestFacts.host(request),
                                RequestFacts.header(request, "User-Agent"),
                                false,
                                replyTo),
                        settings.answerTimeout(),
                        system.scheduler())
                .handle((outcome, failure) -> failure == null ? answer(outcome) : tooLate())
                .thenApply(response -> response.addAttribute(RequestFacts.UPSTREAM_NANOS, System.nanoTime() - began));
    }

    private static HttpResponse tooLate() {
        return new Problem(
                        503,
                        "callbridgeUnavailable",
                        "No callbridge",
                        "The web bridge did not answer in time. Try again shortly.",
                        null,
                        null,
                        2)
                .response();
    }

    private static HttpResponse answer(JoinOutcome outcome) {
        if (outcome instanceof JoinOutcome.Refused no) {
            return new Problem(
                            no.status(),
                            no.code(),
                            no.title(),
                            no.detail(),
                            no.expected(),
                            no.found(),
                            no.retryAfterSeconds())
                    .response();
        }
        JoinOutcome.Joined joined = (JoinOutcome.Joined) outcome;
        ObjectNode body = Json.object()
                .put("token", joined.token())
                .put("user", joined.user())
                .put("participant", joined.participant().toString())
                .put("call", joined.call().toString())
                .put("callbridge", joined.callbridge().toString());
        body.putObject("space").put("id", joined.space().toString()).put("name", joined.spaceName());
        body.put("webSocket", joined.webSocket());
        body.putPOJO("iceServers", joined.iceServers());
        body.put("iceTransportPolicy", joined.iceTransportPolicy());
        body.put("expires", joined.expires().toString());
        return Json.ok(body)
                .addHeader(CacheControl.create(CacheDirectives.NO_STORE))
                .addHeader(RawHeader.create("X-Content-Type-Options", "nosniff"))
                .addAttribute(RequestFacts.PARTICIPANT, joined.participant());
    }
}
