package io.convoke.http.api;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.Connection;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import io.convoke.actors.state.StateBoard;
import io.convoke.actors.trace.Journal;
import io.convoke.actors.user.UserDirectory;
import io.convoke.actors.xmpp.ComponentSecrets;
import io.convoke.actors.xmpp.XmppConfigurationStore;
import io.convoke.http.admin.BasicGuard;
import io.convoke.http.body.BodyReader;
import io.convoke.http.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/v1/…} and, as the original has it too, {@code /configuration/xmpp}. Paths are taken in any case, with or without a slash at their end. */
public final class ApiRoutes extends AllDirectives {
    static final String BASE = "/api/v1/";

    private static final Logger LOG = LoggerFactory.getLogger(ApiRoutes.class);

    /**
     * Whom the API asks and tells.
     *
     * @param ownCallbridge of this node; null where it has none
     * @param xmppDomain the domain of users' addresses
     * @param configurationChanged told of the callbridge whose XMPP configuration was written, on whichever node it runs
     * @param componentChanged told of the component whose secret was replaced or removed
     */
    public record Services(
            XmppConfigurationStore configurations,
            ComponentSecrets components,
            UserDirectory users,
            @Nullable UUID ownCallbridge,
            String xmppDomain,
            Consumer<UUID> configurationChanged,
            Consumer<String> componentChanged,
            Journal journal,
            InstantSource clock) {}

    /** What answers one method at one address. */
    private interface Handler extends Function<ApiRequest, CompletionStage<HttpResponse>> {}

    private final ActorSystem<?> system;
    private final BasicGuard guard;
    private final ApiSettings settings;
    private final XmppConfigurationResource configuration;
    private final ComponentsResource components;
    private final UsersResource users;
    private final AlarmsResource alarms;

    public ApiRoutes(ActorSystem<?> system, BasicGuard guard, ApiSettings settings, Services services) {
        this.system = system;
        this.guard = guard;
        this.settings = settings;
        AuditLog audit = new AuditLog(services.journal());
        this.configuration = new XmppConfigurationResource(
                services.configurations(),
                services.ownCallbridge(),
                callbridge -> StateBoard.gather(system, "callbridges", callbridge.toString(), settings.stateTimeout())
                        .thenApply(found -> !found.isEmpty()),
                services.configurationChanged(),
                audit);
        this.components = new ComponentsResource(services.components(), services.componentChanged(), audit);
        this.users = new UsersResource(services.users(), services.xmppDomain(), audit);
        this.alarms = new AlarmsResource(system, services.clock(), settings.stateTimeout());
    }

    public Route routes() {
        return extractRequest(request -> {
            ApiPath path = ApiPath.of(request.getUri().path());
            return path == null ? reject() : completeWithFuture(guarded(request, path));
        });
    }

    private CompletionStage<HttpResponse> guarded(HttpRequest request, ApiPath path) {
        return guard.check(request)
                .thenCompose(refusal -> {
                    if (refusal.isPresent()) {
                        BodyReader.dismiss(system, request);
                        return CompletableFuture.completedFuture(refusal.get());
                    }
                    return answer(request, path);
                })
                .exceptionally(failure -> failed(request, failure));
    }

    private CompletionStage<HttpResponse> answer(HttpRequest request, ApiPath path) {
        Map<String, Handler> handlers = handlersAt(path);
        Handler handler = handlers.get(request.method().value());
        if (handler == null) {
            BodyReader.dismiss(system, request);
            return CompletableFuture.completedFuture(
                    handlers.isEmpty() ? unknown(request) : notAllowed(request, handlers));
        }
        return parameters(request).thenCompose(form -> handler.apply(new ApiRequest(request, path.segments(), form)));
    }

    private Map<String, Handler> handlersAt(ApiPath path) {
        return switch (path.canonical()) {
            case "system/configuration/xmpp", "configuration/xmpp" ->
                Map.of("GET", configuration::show, "PUT", configuration::change);
            case "system/alarms" -> Map.of("GET", alarms::list);
            case "xmppcallbridges" -> Map.of("GET", components::list, "POST", components::add);
            case "xmppcallbridges/*" ->
                Map.of("GET", components::show, "PUT", components::change, "DELETE", components::remove);
            case "users" -> Map.of("GET", users::list, "POST", users::add);
            case "users/*" -> Map.of("GET", users::show, "PUT", users::change, "DELETE", users::remove);
            default -> Map.of();
        };
    }

    private CompletionStage<Form> parameters(HttpRequest request) {
        Form query = read(request.getUri().rawQueryString().orElse("").getBytes(StandardCharsets.UTF_8));
        if (!List.of("POST", "PUT").contains(request.method().value())) {
            BodyReader.dismiss(system, request);
            return CompletableFuture.completedFuture(query);
        }
        if (!FormType.mayBeForm(request)) {
            BodyReader.dismiss(system, request);
            throw ApiFailure.of(415, "unsupportedMediaType", "Send parameters as application/x-www-form-urlencoded.");
        }
        return BodyReader.read(system, request, settings.maxBodyBytes(), settings.bodyTimeout())
                .thenApply(body -> {
                    if (body instanceof BodyReader.Result.Refused refused) {
                        Problem problem = refused.problem();
                        throw ApiFailure.of(problem.status(), problem.code(), problem.detail());
                    }
                    return query.with(read(((BodyReader.Result.Body) body).bytes()));
                });
    }

    private static Form read(byte[] bytes) {
        Form form = Form.read(bytes);
        if (form == null) {
            throw ApiFailure.of(
                    400, "parameterError", "The parameters are not well-formed; look for a lone % in them.");
        }
        return form;
    }

    private HttpResponse failed(HttpRequest request, Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        boolean json = ApiRequest.wantsJson(request);
        if (cause instanceof ApiFailure known) {
            HttpResponse response = ApiAnswer.failure(json, known);
            // The rest of a body that was too large or too slow may still come: the connection takes no further
            // request.
            boolean more = known.status() == 408 || known.status() == 413;
            return more ? response.addHeader(Connection.create("close")) : response;
        }
        if (cause instanceof SQLException || cause instanceof RejectedExecutionException) {
            LOG.warn("The database did not answer the API: {}", cause.getMessage());
            return ApiAnswer.failure(
                    json,
                    ApiFailure.of(
                            503, "databaseNotReady", "The database does not answer at the moment. Try again shortly."));
        }
        LOG.error("A request to the API failed", cause);
        return ApiAnswer.failure(
                json, ApiFailure.of(500, "internalError", "Something went wrong here. The server's log says more."));
    }

    private static HttpResponse unknown(HttpRequest request) {
        return ApiAnswer.failure(
                ApiRequest.wantsJson(request),
                ApiFailure.of(404, "unrecognizedObject", "There is nothing at this address."));
    }

    private static HttpResponse notAllowed(HttpRequest request, Map<String, Handler> handlers) {
        String allowed = String.join(", ", new TreeSet<>(handlers.keySet()));
        return ApiAnswer.failure(
                        ApiRequest.wantsJson(request),
                        ApiFailure.of(405, "invalidOperation", "This address takes " + allowed + "."))
                .addHeader(RawHeader.create("Allow", allowed));
    }
}
