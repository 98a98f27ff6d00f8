package io.convoke.http.state;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.receptionist.Receptionist;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.actors.relayadmin.RelayAdmin;
import io.convoke.actors.relayadmin.RelayQuestion;
import io.convoke.actors.relayadmin.RelayReply;
import io.convoke.actors.relayadmin.RelayRequest;
import io.convoke.actors.state.StateBoard;
import io.convoke.http.HttpServer;
import io.convoke.http.HttpSettings;
import io.convoke.http.Lines;
import io.convoke.http.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelayRoutesTest {
    private static final String RELAY = "7f1c9a52-0000-4000-8000-000000000001@edge:6000";
    private static final String SILENT = "silent";
    private static final UUID ALLOCATION = UUID.fromString("7f1c9a52-0000-4000-8000-000000000002");
    private static final String ALLOCATIONS = "/state/relays/" + RELAY + "/allocations";
    private static final Lines LINES = new Lines();

    private static ActorTestKit kit;
    private static TestProbe<RelayQuestion> relay;
    private static HttpServer server;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        kit = ActorTestKit.create();
        relay = kit.createTestProbe();
        register(RELAY, relay);
        register(SILENT, kit.createTestProbe());
        StateRoutes routes = StateRoutes.ofRelay(new StateRoutes.Core(
                kit.system(),
                kit.spawn(StateBoard.create("edge", () -> Instant.EPOCH)),
                (user, password) -> user.equals("admin") && Arrays.equals(password, "secret".toCharArray()),
                new StateSettings(Duration.ofMillis(500), Duration.ofSeconds(1), 16),
                LINES,
                false));
        server = HttpServer.start(kit.system(), HttpSettings.loopback(0), new Lines(), List.of(routes.routes()))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void shouldListAllocations() throws Exception {
        // when
        UUID participant = UUID.randomUUID();
        var answer = send("GET", ALLOCATIONS + "?offset=5&limit=7&user=ann&participant=" + participant, false);
        RelayQuestion question = relay.receiveMessage();
        question.replyTo().tell(RelayReply.done("{\"total\":0}"));

        // then
        assertThat(question.request()).isEqualTo(new RelayRequest.Show(5, 7, "ann", participant));
        HttpResponse<String> response = answer.get(10, TimeUnit.SECONDS);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"total\":0}");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void shouldShowAHundredUnlessAskedForMore() throws Exception {
        // when
        var few = send("GET", ALLOCATIONS, false);
        RelayQuestion usual = relay.receiveMessage();
        usual.replyTo().tell(RelayReply.done("{}"));
        few.get(10, TimeUnit.SECONDS);
        var many = send("GET", ALLOCATIONS + "?limit=999999", false);
        RelayQuestion most = relay.receiveMessage();
        most.replyTo().tell(RelayReply.done("{}"));
        many.get(10, TimeUnit.SECONDS);

        // then
        assertThat(usual.request()).isEqualTo(new RelayRequest.Show(0, 100, null, null));
        assertThat(most.request()).isEqualTo(new RelayRequest.Show(0, 1000, null, null));
    }

    @Test
    void shouldShowOneAllocation() throws Exception {
        // when
        var answer = send("GET", ALLOCATIONS + "/" + ALLOCATION, false);
        RelayQuestion question = relay.receiveMessage();
        question.replyTo().tell(RelayReply.of(RelayReply.Outcome.UNKNOWN_ALLOCATION));

        // then
        assertThat(question.request()).isEqualTo(new RelayRequest.ShowOne(ALLOCATION));
        assertProblem(answer, 404, "unknownId");
    }

    @Test
    void shouldCloseAnAllocationForTheAdministratorAndWriteItDown() throws Exception {
        // when
        var answer = send("DELETE", ALLOCATIONS + "/" + ALLOCATION, true);
        RelayQuestion question = relay.receiveMessage();
        question.replyTo().tell(RelayReply.done("{}"));

        // then
        assertThat(question.request()).isEqualTo(new RelayRequest.Close(ALLOCATION));
        HttpResponse<String> response = answer.get(10, TimeUnit.SECONDS);
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(LINES.all())
                .extracting(Lines.Line::text)
                .contains("127.0.0.1: API user \"admin\" closed allocation " + ALLOCATION + " of relay " + RELAY);
    }

    @Test
    void shouldDrainAndServeAgain() throws Exception {
        // when
        var drain = send("PUT", "/state/relays/" + RELAY + "/drain?alternate=192.0.2.2:3478", true);
        RelayQuestion first = relay.receiveMessage();
        first.replyTo().tell(RelayReply.done("{\"state\":\"draining\"}"));
        HttpResponse<String> drained = drain.get(10, TimeUnit.SECONDS);
        var serve = send("DELETE", "/state/relays/" + RELAY + "/drain", true);
        RelayQuestion second = relay.receiveMessage();
        second.replyTo().tell(RelayReply.done("{\"state\":\"listening\"}"));

        // then
        assertThat(first.request()).isEqualTo(new RelayRequest.Drain("192.0.2.2:3478"));
        assertThat(drained.body()).isEqualTo("{\"state\":\"draining\"}");
        assertThat(second.request()).isEqualTo(new RelayRequest.Serve());
        assertThat(serve.get(10, TimeUnit.SECONDS).body()).isEqualTo("{\"state\":\"listening\"}");
    }

    @Test
    void shouldSayWhatTheRelayHasAgainstAnOrder() throws Exception {
        // when
        var answer = send("PUT", "/state/relays/" + RELAY + "/drain?alternate=nowhere", true);
        RelayQuestion question = relay.receiveMessage();
        question.replyTo().tell(new RelayReply(RelayReply.Outcome.REFUSED, "address:port"));

        // then
        assertProblem(answer, 400, "badRequest");
    }

    @ParameterizedTest
    @CsvSource({"DELETE, /allocations/7f1c9a52-0000-4000-8000-000000000002", "PUT, /drain", "DELETE, /drain"})
    void shouldChangeNothingWithoutThePassword(String method, String path) throws Exception {
        // when
        HttpResponse<String> response =
                send(method, "/state/relays/" + RELAY + path, false).get(10, TimeUnit.SECONDS);

        // then
        assertThat(response.statusCode()).isEqualTo(401);
        relay.expectNoMessage(Duration.ofMillis(100));
    }

    @ParameterizedTest
    @CsvSource({
        "/allocations?limit=many, 400, badRequest",
        "/allocations?color=red, 400, badRequest",
        "/allocations?participant=x, 400, badRequest",
        "/allocations/x, 400, badRequest",
        "/other, 404, notFound"
    })
    void shouldRefuseWhatMakesNoSense(String path, int status, String code) throws Exception {
        assertProblem(send("GET", "/state/relays/" + RELAY + path, false), status, code);
    }

    @Test
    void shouldSayThatARelayIsUnknownOrSilent() throws Exception {
        assertProblem(send("GET", "/state/relays/none/allocations", false), 404, "unknownId");
        assertProblem(send("GET", "/state/relays/" + SILENT + "/allocations", false), 503, "relayUnavailable");
    }

    @Test
    void shouldTakeNoOtherMethod() throws Exception {
        // when
        HttpResponse<String> response =
                send("POST", ALLOCATIONS + "/" + ALLOCATION, true).get(10, TimeUnit.SECONDS);

        // then
        assertThat(response.statusCode()).isEqualTo(405);
    }

    @Test
    void shouldHaveTheStatesOfARelayOnly() throws Exception {
        // when
        JsonNode index =
                Json.read(send("GET", "/state", false).get(10, TimeUnit.SECONDS).body());

        // then
        assertThat(index.path("states").toString())
                .contains("/state/relays", "/state/trace")
                .doesNotContain("cluster", "spaces", "guests");
        assertProblem(send("GET", "/state/cluster", false), 404, "notFound");
    }

    private static void register(String id, TestProbe<RelayQuestion> probe) {
        TestProbe<Receptionist.Registered> registered = kit.createTestProbe();
        kit.system()
                .receptionist()
                .tell(Receptionist.register(RelayAdmin.key(id), probe.getRef(), registered.getRef()));
        registered.receiveMessage();
    }

    private static CompletableFuture<HttpResponse<String>> send(String method, String path, boolean administrator) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (administrator) {
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString("admin:secret".getBytes(StandardCharsets.UTF_8)));
        }
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void assertProblem(CompletableFuture<HttpResponse<String>> answer, int status, String code)
            throws Exception {
        HttpResponse<String> response = answer.get(10, TimeUnit.SECONDS);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(Json.read(response.body()).path("code").asText()).isEqualTo(code);
    }
}
