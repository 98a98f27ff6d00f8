package io.convoke.http;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.ConfigFactory;
import io.convoke.actors.c2w.C2wConnection;
import io.convoke.actors.c2w.C2wFailure;
import io.convoke.actors.c2w.C2wInbound;
import io.convoke.actors.c2w.C2wMessage;
import io.convoke.actors.c2w.JwtIssuer;
import io.convoke.actors.c2w.SessionToken;
import io.convoke.actors.node.Board;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.relay.RelayAccess;
import io.convoke.actors.state.StateBoard;
import io.convoke.actors.webbridge.EdgeSettings;
import io.convoke.actors.webbridge.Webbridge;
import io.convoke.http.c2w.C2wDialerHttp;
import io.convoke.http.c2w.C2wListener;
import io.convoke.http.c2w.C2wSettings;
import io.convoke.http.c2w.C2wTls;
import io.convoke.http.json.Json;
import io.convoke.http.tls.GeneratedCertificate;
import io.convoke.http.tls.PemPaths;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole edge (HTTP, Webbridge, C2W port) and a callbridge that is this test. */
class EdgeToCoreTest {
    private static final UUID CALLBRIDGE = UUID.randomUUID();
    private static final UUID PARTICIPANT = UUID.randomUUID();
    private static final UUID SPACE = UUID.randomUUID();

    @TempDir
    private Path folder;

    private final ActorTestKit kit =
            ActorTestKit.create(ConfigFactory.parseString("akka.loglevel = WARNING, akka.actor.provider = local"));
    private final Lines lines = new Lines();
    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<C2wMessage> atCallbridge = new LinkedBlockingQueue<>();
    private PemPaths core;
    private PemPaths bridge;
    private C2wListener.Bound port;
    private HttpServer server;
    private JwtIssuer issuer;

    @BeforeEach
    void start() throws Exception {
        core = GeneratedCertificate.ensure(folder, "callbridge", List.of("localhost"), Instant.now());
        bridge = GeneratedCertificate.ensure(folder, "webbridge", List.of("localhost"), Instant.now());
        issuer = JwtIssuer.withKeyIn(folder.resolve("jwt.json"));
        ActorRef<StateBoard.Command> board = kit.spawn(StateBoard.create("edge", InstantSource.system()));
        ActorRef<Webbridge.Command> webbridge = kit.spawn(Webbridge.create(
                EdgeSettings.defaults(UUID.randomUUID(), "edge", "test"),
                NodeContext.of("edge", lines, Board.of(board)),
                RelayAccess.NONE));
        port = C2wListener.start(kit.system(), "127.0.0.1", 0, tls(bridge, core), C2wSettings.defaults(), webbridge)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        server = EdgeHttp.start(kit.system(), HttpSettings.loopback(0), EdgeHttp.Settings.defaults(), webbridge, lines)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        server.stop(Duration.ofMillis(100)).toCompletableFuture().get(10, TimeUnit.SECONDS);
        kit.shutdownTestKit();
    }

    @Test
    void shouldJoinAndTalkAndLeave() throws Exception {
        // given
        C2wConnection link = dial(core);
        // when
        CompletableFuture<HttpResponse<String>> answer = join();
        C2wMessage.Join join = (C2wMessage.Join) atCallbridge.poll(10, TimeUnit.SECONDS);
        String token = token(join.session(), Instant.now().plusSeconds(60));
        link.send(new C2wMessage.JoinAccepted(
                join.request(), token, "guest1", PARTICIPANT, SPACE, CALLBRIDGE, SPACE, "9999", Instant.now()));
        JsonNode joined = Json.read(answer.get(10, TimeUnit.SECONDS).body());
        Session session = new Session(joined.path("webSocket").asText());
        session.say("{\"type\":\"authenticate\",\"token\":\"" + token + "\"}");
        C2wMessage.SessionOpened opened = (C2wMessage.SessionOpened) atCallbridge.poll(10, TimeUnit.SECONDS);
        link.send(new C2wMessage.SessionDown(PARTICIPANT, "{\"type\":\"welcome\"}"));
        String welcome = session.texts.poll(10, TimeUnit.SECONDS);
        session.say("{\"type\":\"offer\",\"id\":1,\"sdp\":\"v=0\"}");
        C2wMessage.SessionUp offer = (C2wMessage.SessionUp) atCallbridge.poll(10, TimeUnit.SECONDS);
        session.say("{\"type\":\"leave\"}");
        C2wMessage.SessionClosed closed = (C2wMessage.SessionClosed) atCallbridge.poll(10, TimeUnit.SECONDS);
        link.send(new C2wMessage.SessionEnd(PARTICIPANT, "left", "You left the meeting."));
        // then
        assertThat(joined.path("token").asText()).isEqualTo(token);
        assertThat(opened.participant()).isEqualTo(PARTICIPANT);
        assertThat(welcome).isEqualTo("{\"type\":\"welcome\"}");
        assertThat(offer.text()).isEqualTo("{\"type\":\"offer\",\"id\":1,\"sdp\":\"v=0\"}");
        assertThat(closed.left()).isTrue();
        assertThat(Json.read(session.texts.poll(10, TimeUnit.SECONDS))
                        .path("code")
                        .asText())
                .isEqualTo("left");
        assertThat(session.closeCode.get(10, TimeUnit.SECONDS)).isEqualTo(1000);
        assertThat(lines.all()).noneMatch(line -> line.text().contains(token));
    }

    @Test
    void shouldRefuseForgedAndExpiredTokens() throws Exception {
        // given
        dial(core);
        String good = token(UUID.randomUUID(), Instant.now().plusSeconds(60));
        String expired = token(UUID.randomUUID(), Instant.now().minusSeconds(60));
        char last = good.charAt(good.length() - 3);
        String forged =
                good.substring(0, good.length() - 3) + (last == 'A' ? 'B' : 'A') + good.substring(good.length() - 2);
        // then
        assertRefused(forged, "badToken");
        assertRefused("nonsense", "badToken");
        assertRefused(expired, "tokenExpired");
    }

    @Test
    void shouldSayWhyThereIsNoCallbridge() throws Exception {
        // given
        PemPaths stranger = GeneratedCertificate.ensure(folder, "stranger", List.of("localhost"), Instant.now());
        assertThat(dialer(stranger).dial(port.url("localhost"), new Inbound()).toCompletableFuture())
                .failsWithin(Duration.ofSeconds(10));
        // when
        HttpResponse<String> answer = join().get(10, TimeUnit.SECONDS);
        // then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(Json.read(answer.body()).path("code").asText()).isEqualTo("callbridgeUnavailable");
        assertThat(Json.read(answer.body()).path("detail").asText())
                .contains("is not in the web bridge's C2W trust bundle callbridge.crt");
    }

    private void assertRefused(String token, String code) throws Exception {
        Session session = new Session("/api/session");
        session.say("{\"type\":\"authenticate\",\"token\":\"" + token + "\"}");
        assertThat(Json.read(session.texts.poll(10, TimeUnit.SECONDS))
                        .path("code")
                        .asText())
                .isEqualTo(code);
        assertThat(session.closeCode.get(10, TimeUnit.SECONDS)).isEqualTo(4401);
    }

    private CompletableFuture<HttpResponse<String>> join() {
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/api/join"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"Thomas\",\"callId\":\"9999\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String token(UUID session, Instant expires) {
        return issuer.issue(
                new SessionToken(
                        "guest1",
                        "Thomas",
                        PARTICIPANT,
                        SPACE,
                        CALLBRIDGE,
                        session,
                        SPACE,
                        false,
                        expires.truncatedTo(ChronoUnit.SECONDS)),
                "secret");
    }

    private C2wDialerHttp dialer(PemPaths own) {
        return new C2wDialerHttp(kit.system(), tls(own, bridge), C2wSettings.defaults());
    }

    /** Dials, greets, and waits for the answer. */
    private C2wConnection dial(PemPaths own) throws Exception {
        C2wConnection link = dialer(own)
                .dial(port.url("localhost"), new Inbound())
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        link.send(new C2wMessage.Hello(
                C2wMessage.VERSION, CALLBRIDGE, "core", "test", issuer.publicKey(CALLBRIDGE), List.of()));
        assertThat(atCallbridge.poll(10, TimeUnit.SECONDS)).isInstanceOf(C2wMessage.HelloAnswer.class);
        return link;
    }

    private static C2wTls tls(PemPaths own, PemPaths peer) {
        return new C2wTls(own.certificate(), own.key(), peer.certificate());
    }

    private final class Inbound implements C2wInbound {
        @Override
        public void message(C2wMessage message) {
            atCallbridge.add(message);
        }

        @Override
        public void closed(C2wFailure why) {}
    }

    private final class Session implements WebSocket.Listener {
        private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
        private final WebSocket socket;

        Session(String path) {
            socket = client.newWebSocketBuilder()
                    .buildAsync(URI.create("ws://localhost:" + server.port() + path), this)
                    .join();
        }

        void say(String text) throws Exception {
            socket.sendText(text, true).get(10, TimeUnit.SECONDS);
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            texts.add(data.toString());
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            closeCode.complete(code);
            return null;
        }
    }
}
