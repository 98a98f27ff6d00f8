package io.convoke.http.webbridge3;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.actors.webbridge.SessionOutcome;
import io.convoke.actors.webbridge.ToClient;
import io.convoke.actors.webbridge.Webbridge;
import io.convoke.http.EdgeHttp;
import io.convoke.http.json.Json;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SessionSocketTest {
    private static final UUID CONNECTION = UUID.fromString("fcfe42f4-ac94-4ab2-a14a-f4165ec960a7");
    private static EdgeServer edge;

    @BeforeAll
    static void start() throws Exception {
        EdgeHttp.Settings defaults = EdgeHttp.Settings.defaults();
        SessionLimits limits = new SessionLimits(
                Duration.ofSeconds(2), Duration.ofMillis(400), Duration.ofSeconds(3), 10_000, 20, 100, 200_000);
        edge = new EdgeServer(new EdgeHttp.Settings(defaults.join(), limits, "https://meet.example", "'none'"));
    }

    @AfterAll
    static void stop() throws Exception {
        edge.close();
    }

    @Test
    void shouldCarryMessagesBothWays() throws Exception {
        // given
        Client client = new Client();
        ActorRef<ToClient> toClient = open(client);
        // when
        toClient.tell(new ToClient.Text("{\"type\":\"welcome\"}"));
        client.socket.sendText("{\"type\":\"offer\",\"id\":1}", true).join();
        // then
        assertThat(client.next()).isEqualTo("{\"type\":\"welcome\"}");
        Webbridge.FromClient offer = edge.webbridge.expectMessageClass(Webbridge.FromClient.class);
        assertThat(offer).isEqualTo(new Webbridge.FromClient(CONNECTION, "{\"type\":\"offer\",\"id\":1}"));
        client.socket.abort();
        assertThat(edge.webbridge.expectMessageClass(Webbridge.ClientGone.class).connection())
                .isEqualTo(CONNECTION);
    }

    @Test
    void shouldPutFragmentsTogether() throws Exception {
        // given
        Client client = new Client();
        open(client);
        // when
        client.socket
                .sendText("{\"type\":\"of", false)
                .join()
                .sendText("fer\"}", true)
                .join();
        // then
        assertThat(edge.webbridge.expectMessageClass(Webbridge.FromClient.class).text())
                .isEqualTo("{\"type\":\"offer\"}");
        gone(client);
    }

    @Test
    void shouldCloseWithTheCodeOfTheLastWord() throws Exception {
        for (int code : new int[] {1000, 4404, 4503}) {
            // given
            Client client = new Client();
            ActorRef<ToClient> toClient = open(client);
            // when
            toClient.tell(new ToClient.Last("{\"type\":\"ended\",\"code\":\"left\"}", code));
            // then
            assertThat(client.next()).isEqualTo("{\"type\":\"ended\",\"code\":\"left\"}");
            assertThat(client.closeCode()).isEqualTo(code);
            edge.webbridge.expectMessageClass(Webbridge.ClientGone.class);
        }
    }

    @Test
    void shouldRefuseAForgedToken() throws Exception {
        // given
        Client client = new Client();
        client.socket
                .sendText("{\"type\":\"authenticate\",\"token\":\"forged\"}", true)
                .join();
        Webbridge.OpenSession open = edge.webbridge.expectMessageClass(Webbridge.OpenSession.class);
        // when
        open.replyTo().tell(new SessionOutcome.SessionRefused("badToken", "The signature does not hold.", 4401));
        // then
        JsonNode error = Json.read(client.next());
        assertThat(error.path("code").asText()).isEqualTo("badToken");
        assertThat(error.path("fatal").asBoolean()).isTrue();
        assertThat(client.closeCode()).isEqualTo(4401);
    }

    @Test
    void shouldCloseOnASilentClient() throws Exception {
        // given
        Client client = new Client();
        // then
        assertThat(Json.read(client.nextBut("ping")).path("code").asText()).isEqualTo("authenticationTimeout");
        assertThat(client.closeCode()).isEqualTo(4401);
    }

    @Test
    void shouldPingAndGiveUpAClientThatFallsSilent() throws Exception {
        // given
        Client client = new Client();
        open(client);
        // then
        assertThat(client.next()).isEqualTo("{\"type\":\"ping\",\"id\":1}");
        assertThat(client.closeCode()).isEqualTo(4408);
        assertThat(edge.webbridge.expectMessageClass(Webbridge.ClientGone.class).reason())
                .isEqualTo("no message for 3000 ms");
    }

    @Test
    void shouldCloseOnGarbageAndBinaryFrames() throws Exception {
        Client garbage = new Client();
        garbage.socket.sendText("garbage", true).join();
        assertThat(garbage.closeCode()).isEqualTo(4400);
        Client binary = new Client();
        binary.socket.sendBinary(ByteBuffer.wrap(new byte[100]), true).join();
        assertThat(binary.closeCode()).isEqualTo(4400);
    }

    @Test
    void shouldCloseOnAMessageThatIsTooLarge() throws Exception {
        // given
        Client client = new Client();
        open(client);
        // when
        client.sayIfOpen("{\"type\":\"" + "x".repeat(2_000_000));
        // then
        assertThat(Json.read(client.nextBut("ping")).path("code").asText()).isEqualTo("messageTooLarge");
        assertThat(client.closeCode()).isEqualTo(1009);
        assertThat(edge.webbridge.expectMessageClass(Webbridge.ClientGone.class).reason())
                .isEqualTo("messageTooLarge");
    }

    @Test
    void shouldCloseOnAFlood() throws Exception {
        // given
        Client client = new Client();
        open(client);
        // when
        for (int i = 0; i < 2000 && !client.closed.isDone(); i++) {
            client.sayIfOpen("{\"type\":\"pong\",\"id\":1}");
        }
        // then
        assertThat(Json.read(client.nextBut("ping")).path("code").asText()).isEqualTo("tooManyMessages");
        assertThat(client.closeCode()).isEqualTo(4400);
        edge.webbridge.expectMessageClass(Webbridge.ClientGone.class);
    }

    @Test
    void shouldBreakWithAClientThatDoesNotRead() throws Exception {
        // given
        Client client = new Client();
        ActorRef<ToClient> toClient = open(client);
        client.reading = false;
        // when
        for (int i = 0; i < 3000; i++) {
            toClient.tell(new ToClient.Text("{\"type\":\"roster\",\"x\":\"" + "x".repeat(10_000) + "\"}"));
        }
        // then
        assertThat(edge.webbridge.expectMessageClass(Webbridge.ClientGone.class).reason())
                .isEqualTo("the client does not read");
    }

    @Test
    void shouldTakeWebSocketsOnly() throws Exception {
        HttpResponse<String> response = edge.send(edge.request("/api/session").GET());
        assertThat(response.statusCode()).isEqualTo(426);
        assertThat(EdgeServer.json(response).path("code").asText()).isEqualTo("upgradeRequired");
    }

    @Test
    void shouldNotTakePagesOfAnotherOrigin() {
        assertThat(handshake("https://evil.example")).isEqualTo(403);
        assertThat(handshake("https://meet.example")).isEqualTo(101);
    }

    private static int handshake(String origin) {
        try {
            edge.client
                    .newWebSocketBuilder()
                    .header("Origin", origin)
                    .buildAsync(webSocketUri(), new WebSocket.Listener() {})
                    .join()
                    .abort();
            return 101;
        } catch (CompletionException e) {
            return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
        }
    }

    private static URI webSocketUri() {
        return URI.create("ws://localhost:" + edge.port() + "/api/session");
    }

    private static ActorRef<ToClient> open(Client client) {
        client.socket
                .sendText("{\"type\":\"authenticate\",\"token\":\"good\"}", true)
                .join();
        Webbridge.OpenSession open = edge.webbridge.expectMessageClass(Webbridge.OpenSession.class);
        assertThat(open.token()).isEqualTo("good");
        open.replyTo().tell(new SessionOutcome.SessionAccepted(CONNECTION, UUID.randomUUID()));
        return open.client();
    }

    private static void gone(Client client) {
        client.socket.abort();
        edge.webbridge.expectMessageClass(Webbridge.ClientGone.class);
    }

    /** A client that keeps what it gets and answers no ping. */
    private static final class Client implements WebSocket.Listener {
        private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder parts = new StringBuilder();
        private volatile boolean reading = true;
        private final WebSocket socket = edge.client
                .newWebSocketBuilder()
                .buildAsync(webSocketUri(), this)
                .join();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                texts.add(parts.toString());
                parts.setLength(0);
            }
            if (reading) {
                webSocket.request(1);
            }
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed.completeExceptionally(error);
        }

        /** For what may be answered by a close while it is still being sent. */
        void sayIfOpen(String text) {
            socket.sendText(text, true).exceptionally(closedMeanwhile -> socket).join();
        }

        String next() throws InterruptedException {
            return texts.poll(10, TimeUnit.SECONDS);
        }

        String nextBut(String type) throws InterruptedException {
            String text = next();
            while (text != null && text.contains("\"" + type + "\"")) {
                text = next();
            }
            return text;
        }

        int closeCode() throws Exception {
            return closed.get(10, TimeUnit.SECONDS);
        }
    }
}
