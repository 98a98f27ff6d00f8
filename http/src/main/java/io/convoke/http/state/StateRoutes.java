package io.convoke.http.state;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import akka.http.javadsl.marshalling.sse.EventStreamMarshalling;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.PathMatchers;
import akka.http.javadsl.server.Route;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoke.actors.space.Space;
import io.convoke.actors.space.SpaceDirectory;
import io.convoke.actors.state.StateBoard;
import io.convoke.actors.state.StateSnapshot;
import io.convoke.actors.trace.Journal;
import io.convoke.actors.trace.TraceCollector;
import io.convoke.http.admin.BasicGuard;
import io.convoke.http.admin.PasswordCheck;
import io.convoke.http.json.Json;
import io.convoke.http.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /state/…}: the same whichever core node is asked. Nothing can be changed but what the relays carry. */
public final class StateRoutes extends AllDirectives {
    /** Kinds of the state board. */
    private static final List<String> KINDS = List.of(
            "callbridges",
            "conferences",
            "call-legs",
            "guests",
            "relays",
            "c2w-links",
            "xmpp-sessions",
            "alarms",
            "xmpp-servers",
            "xmpp-components",
            "xmpp-clients",
            "chat-rooms");

    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,200}");

    /** Of them, what a relay without a cluster has. */
    private static final List<String> KINDS_OF_A_RELAY = List.of("relays", "c2w-links");

    private final ActorSystem<?> system;
    private final ActorRef<StateBoard.Command> board;
    private final @Nullable SpaceDirectory spaces;
    private final List<String> kinds;
    private final StateSettings settings;
    private final AdminGuard guard;
    private final @Nullable ClusterView cluster;
    private final RelayRoutes relays;

    private StateRoutes(Core core, @Nullable SpaceDirectory spaces, @Nullable ClusterView cluster) {
        this.system = core.system();
        this.board = core.board();
        this.spaces = spaces;
        this.kinds = cluster == null ? KINDS_OF_A_RELAY : KINDS;
        this.settings = core.settings();
        PasswordCheck passwords = new PasswordCheck(system, core.credentials());
        this.guard = new AdminGuard(passwords, core.tls());
        this.cluster = cluster;
        this.relays = new RelayRoutes(system, guard, new BasicGuard(passwords, core.tls()), settings, core.journal());
    }

    /**
     * What the routes need on every node.
     *
     * @param credentials the administrator's
     * @param journal for changes
     * @param tls whether the server that these routes are for speaks TLS
     */
    public record Core(
            ActorSystem<?> system,
            ActorRef<StateBoard.Command> board,
            PasswordCheck.Credentials credentials,
            StateSettings settings,
            Journal journal,
            boolean tls) {}

    /** Of a member of the cluster. {@code shardTypes}: whose shards are shown. */
    public static StateRoutes ofCluster(Core core, SpaceDirectory spaces, List<? extends EntityTypeKey<?>> shardTypes) {
        return new StateRoutes(
                core,
                spaces,
                new ClusterView(
                        core.system(), List.copyOf(shardTypes), core.settings().timeout()));
    }

    /** Of a relay that is no member of a cluster. */
    public static StateRoutes ofRelay(Core core) {
        return new StateRoutes(core, null, null);
    }

    public Route routes() {
        return pathPrefix(
                "state",
                () -> concat(
                        relays.routes(),
                        get(() -> extractRequest(request -> concat(
                                pathEndOrSingleSlash(() -> guarded(request, () -> now(index()))),
                                cluster == null || spaces == null ? reject() : ofCluster(request, cluster, spaces),
                                path("trace", () -> guarded(request, () -> trace(request))),
                                path("events", () -> events(request)),
                                path(PathMatchers.segment(), kind -> guarded(request, () -> all(kind))),
                                path(
                                        PathMatchers.segment().slash(PathMatchers.segment()),
                                        (kind, id) -> guarded(request, () -> one(kind, id))))))));
    }

    private Route ofCluster(HttpRequest request, ClusterView view, SpaceDirectory directory) {
        return concat(
                path("cluster", () -> guarded(request, () -> view.all().thenApply(Json::ok))),
                path(
                        PathMatchers.segment("cluster").slash(PathMatchers.segment()),
                        id -> guarded(request, () -> member(view, id))),
                path("spaces", () -> guarded(request, () -> allSpaces(directory))),
                path(
                        PathMatchers.segment("spaces").slash(PathMatchers.segment()),
                        id -> guarded(request, () -> space(directory, id))));
    }

    private Route guarded(HttpRequest request, Supplier<CompletionStage<HttpResponse>> answer) {
        return completeWithFuture(guard.check(request)
                .thenCompose(refusal -> refusal.isPresent() ? now(refusal.get()) : answer.get())
                .thenApply(StateRoutes::unstored));
    }

    private Route events(HttpRequest request) {
        Map<String, String> query = request.getUri().query().toMap();
        String kind = query.getOrDefault("kind", "");
        return onSuccess(guard.check(request), refusal -> {
            if (refusal.isPresent()) {
                return complete(refusal.get());
            }
            if (!kind.isEmpty() && !kinds.contains(kind)) {
                return complete(Problem.badRequest("There is no such kind.", String.join(", ", kinds), "another")
                        .response());
            }
            return completeOK(
                    StateEvents.source(board, kind, settings).mapMaterializedValue(ref -> akka.NotUsed.getInstance()),
                    EventStreamMarshalling.toEventStream());
        });
    }

    static HttpResponse unstored(HttpResponse response) {
        return response.getHeader("Cache-Control").isPresent()
                ? response
                : response.addHeader(RawHeader.create("Cache-Control", "no-store"));
    }

    private static CompletionStage<HttpResponse> now(HttpResponse response) {
        return CompletableFuture.completedFuture(response);
    }

    private HttpResponse index() {
        ArrayNode paths = Json.object().arrayNode();
        List<String> others =
                cluster == null ? List.of("trace", "events") : List.of("cluster", "spaces", "trace", "events");
        others.forEach(name -> paths.add("/state/" + name));
        kinds.forEach(kind -> paths.add("/state/" + kind));
        return Json.ok(Json.object().set("states", paths));
    }

    private CompletionStage<HttpResponse> member(ClusterView view, String id) {
        return view.members()
                .thenApply(members -> members.stream()
                        .filter(member -> member.path("id").asText().equals(id))
                        .findFirst()
                        .map(Json::ok)
                        .orElseGet(() -> unknown("member of the cluster", id)));
    }

    private CompletionStage<HttpResponse> all(String kind) {
        return kinds.contains(kind)
                ? StateBoard.gather(system, kind, null, settings.timeout())
                        .thenApply(found ->
                                list(kind, found.stream().map(StateRoutes::json).toList()))
                : now(unknownKind());
    }

    private CompletionStage<HttpResponse> one(String kind, String id) {
        if (!kinds.contains(kind)) {
            return now(unknownKind());
        }
        if (!ID.matcher(id).matches()) {
            return now(badId("1 to 200 characters without white space"));
        }
        // While an actor moves, two nodes may answer; the one that says something counts.
        return StateBoard.gather(system, kind, id, settings.timeout())
                .thenApply(found -> found.stream()
                        .filter(snapshot -> snapshot.id().equals(id))
                        .map(StateRoutes::json)
                        .reduce((one, other) -> one.path("unanswered").asBoolean() ? other : one)
                        .map(Json::ok)
                        .orElseGet(() -> unknown("one of " + kind, id)));
    }

    private CompletionStage<HttpResponse> allSpaces(SpaceDirectory directory) {
        return directory
                .all()
                .thenApply(found ->
                        list("spaces", found.stream().map(StateRoutes::json).toList()))
                .exceptionally(failure -> databaseUnavailable());
    }

    private CompletionStage<HttpResponse> space(SpaceDirectory directory, String text) {
        Optional<UUID> id = TraceRequest.guid(text);
        return id.isEmpty()
                ? now(badId("a GUID"))
                : directory
                        .byId(id.get())
                        .thenApply(found ->
                                found.map(space -> Json.ok(json(space))).orElseGet(() -> unknown("space", text)))
                        .exceptionally(failure -> databaseUnavailable());
    }

    private CompletionStage<HttpResponse> trace(HttpRequest request) {
        TraceRequest.Result asked = TraceRequest.read(request.getUri().query().toMultiMap());
        if (asked instanceof TraceRequest.Result.Bad bad) {
            return now(bad.problem().response());
        }
        var query = ((TraceRequest.Result.Query) asked).query();
        return TraceCollector.ask(system, query, settings.timeout())
                .thenApply(events -> Json.ok(TraceView.of(query, events)));
    }

    private static HttpResponse list(String kind, List<? extends JsonNode> items) {
        ObjectNode body = Json.object().put("total", items.size());
        items.forEach(body.putArray(kind)::add);
        return Json.ok(body);
    }

    private static JsonNode json(StateSnapshot snapshot) {
        try {
            return Json.read(snapshot.json());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Expected JSON from " + snapshot.kind() + "/" + snapshot.id(), e);
        }
    }

    /** Never the secret. */
    private static ObjectNode json(Space space) {
        return Json.object()
                .put("id", space.id().toString())
                .put("kind", "spaces")
                .put("name", space.name())
                .put("uri", space.uri())
                .put("callId", space.callId())
                .put("hasPasscode", space.hasPasscode())
                .put("participantLimit", space.participantLimit())
                .put("locked", space.locked());
    }

    private static HttpResponse unknownKind() {
        return Problem.notFound("There is no such kind of state. GET /state lists what there is.")
                .response();
    }

    static HttpResponse unknown(String what, String id) {
        String shown = id.length() <= 64 ? id : id.substring(0, 64) + "…";
        return Problem.of(
                        404,
                        "unknownId",
                        "Unknown identifier",
                        "There is no " + what + " with the identifier " + shown + ".")
                .response();
    }

    private static HttpResponse badId(String expected) {
        return Problem.badRequest("That is no identifier.", expected, "something else")
                .response();
    }

    private static HttpResponse databaseUnavailable() {
        return new Problem(
                        503,
                        "databaseUnavailable",
                        "No database",
                        "The database does not answer at the moment.",
                        null,
                        null,
                        5)
                .response();
    }
}
