package io.convoke.http.state;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.ConfigFactory;
import io.convoke.actors.node.Board;
import io.convoke.actors.node.MemberState;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.state.ClusterMessage;
import io.convoke.actors.state.GetState;
import io.convoke.actors.state.StateBoard;
import io.convoke.actors.state.StateSnapshot;
import io.convoke.actors.trace.Ids;
import io.convoke.actors.trace.Journal;
import io.convoke.actors.trace.NodeJournal;
import io.convoke.actors.trace.Origin;
import io.convoke.actors.trace.TraceCollector;
import io.convoke.actors.trace.TraceQuery;
import io.convoke.actors.trace.TraceStore;
import io.convoke.http.HttpServer;
import io.convoke.http.HttpSettings;
import io.convoke.http.Lines;
import io.convoke.http.json.Json;
import io.convoke.http.tls.GeneratedCertificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateRoutesTest {
    /** Something with a shard. */
    record Poke(ActorRef<String> replyTo) implements ClusterMessage {}

    private static final EntityTypeKey<Poke> TYPE = EntityTypeKey.create(Poke.class, "Thing");
    private static final FixedSpaces SPACES = new FixedSpaces();
    private static final UUID PARTICIPANT = UUID.randomUUID();
    private static final AtomicReference<Instant> CLOCK = new AtomicReference<>(Instant.parse("2026-11-21T10:00:00Z"));
    private static ActorTestKit kit;
    private static ActorRef<StateBoard.Command> board;
    private static HttpServer plain;
    private static HttpServer secure;
    private static HttpClient client;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() throws Exception {
        kit = ActorTestKit.create(ConfigFactory.parseString("akka.loglevel = WARNING, akka.actor.provider = cluster, "
                        + "akka.remote.artery.canonical { hostname = 127.0.0.1, port = 0 }")
                .withFallback(ConfigFactory.load()));
        Cluster cluster = Cluster.get(kit.system());
        cluster.manager().tell(new Join(cluster.selfMember().address()));
        board = kit.spawn(StateBoard.create("node-1", CLOCK::get));
        TraceStore store = new TraceStore(1000);
        kit.spawn(TraceCollector.create(store));
        tellStory(NodeJournal.of("node-1", Origin.CORE, "host:server", CLOCK::get, store, event -> {}));
        register("guests", "guest1", answering());
        register("guests", "guest2", silent());
        kit.spawn(MemberState.create(
                Long.toString(cluster.selfMember().uniqueAddress().longUid()),
                NodeContext.of(
                        "node-1",
                        NodeJournal.of("node-1", Origin.CORE, "host:server", CLOCK::get, store, event -> {}),
                        Board.of(board)),
                () -> 4));
        ClusterSharding.get(kit.system())
                .init(Entity.of(
                        TYPE,
                        context -> Behaviors.receiveMessage(poke -> {
                            poke.replyTo().tell("here");
                            return Behaviors.same();
                        })));
        TestProbe<String> probe = kit.createTestProbe();
        ClusterSharding.get(kit.system()).entityRefFor(TYPE, "one").tell(new Poke(probe.ref()));
        probe.expectMessage(Duration.ofSeconds(20), "here");
        awaitListed(probe);

        HttpSettings loopback = HttpSettings.loopback(0);
        plain = serve(loopback);
        secure = serve(new HttpSettings(
                "127.0.0.1",
                0,
                GeneratedCertificate.ensure(folder, "https", List.of("localhost"), Instant.now()),
                loopback.headTimeout(),
                loopback.idleTimeout(),
                100));
        client = HttpClient.newBuilder().sslContext(trustingAnybody()).build();
    }

    /** The receptionist tells of a board and a collector a moment after they registered. */
    private static void awaitListed(TestProbe<String> probe) {
        Duration bound = Duration.ofSeconds(1);
        probe.awaitAssert(Duration.ofSeconds(20), () -> {
            assertThat(StateBoard.gather(kit.system(), "guests", "guest1", bound)
                            .toCompletableFuture()
                            .join())
                    .isNotEmpty();
            assertThat(TraceCollector.ask(kit.system(), TraceQuery.ofParticipant(PARTICIPANT), bound)
                            .toCompletableFuture()
                            .join())
                    .isNotEmpty();
            return null;
        });
    }

    private static HttpServer serve(HttpSettings settings) throws Exception {
        StateRoutes routes = StateRoutes.ofCluster(
                new StateRoutes.Core(
                        kit.system(),
                        board,
                        (user, password) -> user.equals("admin") && Arrays.equals(password, "pä:ss".toCharArray()),
                        new StateSettings(Duration.ofSeconds(1), Duration.ofMillis(200), 16),
                        new Lines(),
                        settings.tls() != null),
                SPACES,
                List.of(TYPE));
        return HttpServer.start(kit.system(), settings, new Lines(), List.of(routes.routes()))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @AfterEach
    void databaseBack() {
        SPACES.away = false;
    }

    @Test
    void shouldListActorsAndSayWhoDoesNotAnswer() throws Exception {
        // when
        JsonNode guests = get("/state/guests", 200);
        // then
        assertThat(guests.path("total").asInt()).isEqualTo(2);
        assertThat(guests.path("guests").path(0).path("state").asText()).isEqualTo("well");
        assertThat(guests.path("guests").path(1).path("id").asText()).isEqualTo("guest2");
        assertThat(guests.path("guests").path(1).path("unanswered").asBoolean()).isTrue();
    }

    @Test
    void shouldShowOneActor() throws Exception {
        assertThat(get("/state/guests/guest1", 200).path("id").asText()).isEqualTo("guest1");
    }

    @ParameterizedTest
    @CsvSource({
        "/state/guests/guest3, 404, unknownId",
        "/state/nonsense, 404, notFound",
        "/state/nonsense/1, 404, notFound",
        "/state/cluster/1, 404, unknownId",
        "/state/spaces/11111111-1111-1111-1111-111111111111, 404, unknownId",
        "/state/spaces/1-1-1-1-1, 400, badRequest",
        "/state/guests/a%20b, 400, badRequest",
        "/state/trace, 400, badRequest",
        "/state/trace?participant=nonsense, 400, badRequest",
        "/state/trace?user=a%20b, 400, badRequest",
        "/state/trace?user=guest1&user=guest2, 400, badRequest",
        "/state/trace?nonsense=1, 400, badRequest",
        "/state/events?kind=nonsense, 400, badRequest",
    })
    void shouldSayWhatIsWrong(String path, int status, String code) throws Exception {
        assertThat(get(path, status).path("code").asText()).isEqualTo(code);
    }

    @Test
    void shouldShowSpacesWithoutSecret() throws Exception {
        // when
        JsonNode all = get("/state/spaces", 200);
        JsonNode one = get("/state/spaces/" + SPACES.space.id(), 200);
        // then
        assertThat(all.path("spaces").path(0)).isEqualTo(one);
        assertThat(one.path("callId").asText()).isEqualTo("9999");
        assertThat(all.toString()).doesNotContain("geheim");
    }

    @Test
    void shouldSayThatTheDatabaseIsAway() throws Exception {
        SPACES.away = true;
        assertThat(get("/state/spaces", 503).path("code").asText()).isEqualTo("databaseUnavailable");
    }

    @Test
    void shouldShowMembersAndShards() throws Exception {
        // when
        JsonNode cluster = get("/state/cluster", 200);
        JsonNode member = cluster.path("members").path(0);
        // then
        assertThat(member.path("status").asText()).isEqualTo("Up");
        assertThat(member.path("leader").asBoolean()).isTrue();
        assertThat(member.path("name").asText()).isEqualTo("node-1");
        assertThat(Instant.parse(member.path("upSince").asText())).isBeforeOrEqualTo(Instant.now());
        assertThat(member.path("logLinesDropped").asInt()).isEqualTo(4);
        assertThat(get("/state/cluster/" + member.path("id").asText(), 200)).isEqualTo(member);
        JsonNode things = cluster.path("shardTypes").path(0);
        assertThat(things.path("type").asText()).isEqualTo("Thing");
        assertThat(things.path("shards").path(0).path("entities").asInt()).isEqualTo(1);
        assertThat(things.path("shards").path(0).path("node")).isEqualTo(member.path("address"));
    }

    @Test
    void shouldTellAStoryInOrderWithTheTimeBetween() throws Exception {
        // when
        JsonNode trace = get("/state/trace?participant=" + PARTICIPANT, 200);
        // then
        JsonNode events = trace.path("events");
        assertThat(trace.path("query").path("participant").asText()).isEqualTo(PARTICIPANT.toString());
        assertThat(events).hasSize(3);
        assertThat(events.path(0).path("text").asText()).isEqualTo("guest login request 1: resolution in progress");
        assertThat(events.path(1).path("sincePreviousMillis").asDouble()).isEqualTo(176);
        assertThat(events.path(2).path("sinceStartMillis").asDouble()).isEqualTo(60_176);
        assertThat(events.path(1).path("ids").path("user").asText()).isEqualTo("guest1");
        JsonNode summary = trace.path("summary");
        assertThat(summary.path("joined").asText()).isEqualTo("2026-11-21T10:00:00.176Z");
        assertThat(summary.path("left").asText()).isEqualTo("2026-11-21T10:01:00.176Z");
        assertThat(summary.path("joinMillis").asDouble()).isEqualTo(176);
        assertThat(summary.path("participants").path(0).path("participant").asText())
                .isEqualTo(PARTICIPANT.toString());
    }

    @Test
    void shouldStreamChanges() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), plain.port())) {
            // given
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET /state/events?kind=relays HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(readUntil(in, "Content-Type")).isEqualTo("Content-Type: text/event-stream");
            // A heartbeat shows that the subscription is running.
            readUntil(in, "data:");
            // when
            register("call-legs", "leg9", answering());
            register("relays", "relay1", answering());
            // then
            assertThat(readUntil(in, "data:{")).contains("\"kind\":\"relays\",\"id\":\"relay1\",\"what\":\"added\"");
            assertThat(readUntil(in, "event:")).isEqualTo("event:added");
        }
    }

    private static String readUntil(BufferedReader in, String start) throws IOException {
        String line = in.readLine();
        while (line != null && !line.startsWith(start)) {
            line = in.readLine();
        }
        return line;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Host: localhost\r\nX-Forwarded-For: 127.0.0.1",
                "Host: 127.0.0.1\r\nForwarded: for=127.0.0.1"
            })
    void shouldNotTakeARequestFromElsewhereForALocalOne(String headers) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), plain.port())) {
            // when
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(("GET /state/guests HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            // then
            assertThat(answer).startsWith("HTTP/1.1 403 ").contains("\"tlsRequired\"");
        }
    }

    @Test
    void shouldAskForTheAdministratorOverTls() throws Exception {
        // given: what a proxy passes on is from elsewhere
        HttpResponse<String> nobody = secure("/state/guests/guest1", null);
        HttpResponse<String> wrong = secure("/state/guests/guest1", "admin:wrong");
        HttpResponse<String> malformed = secure("/state/guests/guest1", "admin");
        HttpResponse<String> right = secure("/state/guests/guest1", "admin:pä:ss");
        HttpResponse<String> events = secure("/state/events", "admin:wrong");
        // then
        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(nobody.headers().firstValue("WWW-Authenticate"))
                .hasValue("Basic realm=\"acano\", charset=\"UTF-8\"");
        assertThat(Json.read(wrong.body()).path("code").asText()).isEqualTo("unauthorized");
        assertThat(malformed.statusCode()).isEqualTo(401);
        assertThat(right.statusCode()).isEqualTo(200);
        assertThat(events.statusCode()).isEqualTo(401);
    }

    @Test
    void shouldOnlyTakeGet() throws Exception {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + plain.port() + "/state/guests"))
                        .DELETE()
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(Json.read(response.body()).path("code").asText()).isEqualTo("methodNotAllowed");
    }

    private static HttpResponse<String> secure(String path, String credentials) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://localhost:" + secure.port() + path))
                .header("X-Forwarded-For", "127.0.0.1")
                .timeout(Duration.ofSeconds(10));
        if (credentials != null) {
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode get(String path, int status) throws Exception {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + plain.port() + path))
                        .timeout(Duration.ofSeconds(15))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValue(status == 200 ? "application/json" : "application/problem+json");
        return Json.read(response.body());
    }

    private static void register(String kind, String id, Behavior<GetState> behavior) {
        board.tell(new StateBoard.Register(kind, id, kit.spawn(behavior)));
    }

    private static Behavior<GetState> answering() {
        return Behaviors.receiveMessage(question -> {
            question.replyTo()
                    .tell(new StateSnapshot("guests", "guest1", "node-1", "{\"id\":\"guest1\",\"state\":\"well\"}"));
            return Behaviors.same();
        });
    }

    private static Behavior<GetState> silent() {
        return Behaviors.ignore();
    }

    private static void tellStory(Journal journal) {
        Ids login = Ids.none().withLoginRequest(1L).withUser("guest1");
        Ids leg = login.withParticipant(PARTICIPANT);
        journal.record("loginResolution", login, "guest login request 1: resolution in progress");
        CLOCK.set(CLOCK.get().plusMillis(176));
        journal.record("joinedConference", leg, "participant \"guest1\" joined conference");
        CLOCK.set(CLOCK.get().plusSeconds(60));
        journal.record("leftSpace", leg, "participant \"guest1\" left space");
    }

    private static SSLContext trustingAnybody() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, null);
        return context;
    }

    /** For a certificate that was made a moment ago. */
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
