package io.convoke.media.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.convoke.media.tcp.TestIdentity;
import io.convoke.protocols.xmpp.xml.StreamParser;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WebSocketListenerTest {
    private static final String OPEN =
            "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='example.org' version='1.0'/>";

    private static final class Messages implements WebSocket.Listener {
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                received.add(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            received.add("closed " + status);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            received.add("broken");
        }

        String next() throws InterruptedException {
            return received.poll(10, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"WEB_SOCKET", "SECURE_WEB_SOCKET"})
    void shouldServeAClient(Listener.Kind kind) throws Exception {
        try (TestServer server = new TestServer()) {
            // given
            Messages messages = new Messages();
            WebSocket socket = connect(server.bind(kind), kind, "xmpp", messages);

            // when
            socket.sendText(OPEN, true).join();
            assertThat(messages.next()).startsWith("<open");
            assertThat(messages.next()).contains("ANONYMOUS");
            socket.sendText("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>", true)
                    .join();
            assertThat(messages.next()).startsWith("<success");
            socket.sendText(OPEN, true).join();
            messages.next();
            assertThat(messages.next()).contains("<bind");
            String bind =
                    "<iq xmlns='jabber:client' type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>";
            socket.sendText(bind.substring(0, 20), false).join();
            socket.sendText(bind.substring(20), true).join();

            // then
            assertThat(messages.next()).contains("<jid");
            ClientConnection client = server.port.clients.get(0);
            assertThat(client.transport()).isEqualTo("webSocket");
            client.send(StreamParser.parse("<message xmlns='jabber:client'><body>é</body></message>"));
            assertThat(messages.next()).isEqualTo("<message xmlns='jabber:client'><body>é</body></message>");
            socket.sendText("<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>", true)
                    .join();
            assertThat(messages.next()).startsWith("<close");
            assertThat(messages.next()).isEqualTo("closed 1000");
            server.port.await("clientGone guest");
        }
    }

    @Test
    void shouldEndAMessageThatIsTooLong() throws Exception {
        try (TestServer server = new TestServer()) {
            Messages messages = new Messages();
            WebSocket socket =
                    connect(server.bind(Listener.Kind.WEB_SOCKET), Listener.Kind.WEB_SOCKET, "xmpp", messages);

            // when
            socket.sendText("x".repeat(100 << 10), true);

            // then
            assertThat(messages.next()).matches("broken|closed 10\\d\\d");
        }
    }

    @Test
    void shouldEndAWebSocketWithoutTheSubprotocol() throws Exception {
        try (TestServer server = new TestServer()) {
            InetSocketAddress address = server.bind(Listener.Kind.WEB_SOCKET);
            Messages messages = new Messages();

            // when
            try {
                connect(address, Listener.Kind.WEB_SOCKET, "other", messages);
            } catch (Exception refused) {
                return;
            }

            // then
            while (!"broken|closed 1000|closed 1006".contains(messages.next())) {
                assertThat(messages.received.size()).isLessThan(10);
            }
        }
    }

    @Test
    void shouldAnswerOtherRequestsAndEndSlowOnes() throws Exception {
        try (TestServer server = new TestServer()) {
            InetSocketAddress address = server.bind(Listener.Kind.WEB_SOCKET);
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + "/other"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).contains("/xmpp-websocket");
            try (Peer slow = Peer.connect(address)) {
                slow.send("GET /xmpp-websocket HTTP/1.1\r\nHost: ");
                assertThat(slow.untilEnd()).doesNotContain("101");
            }
            try (Peer long_ = Peer.connect(address)) {
                long_.send("GET /xmpp-websocket HTTP/1.1\r\nX: " + "x".repeat(20_000));
                assertThatThrownBy(() -> long_.until(" 101 ")).isNotNull();
            }
        }
    }

    private static WebSocket connect(
            InetSocketAddress address, Listener.Kind kind, String subprotocol, Messages messages) throws Exception {
        System.setProperty("jdk.internal.httpclient.disableHostnameVerification", "true");
        boolean secure = kind == Listener.Kind.SECURE_WEB_SOCKET;
        return HttpClient.newBuilder()
                .sslContext(TestIdentity.anonymous())
                .build()
                .newWebSocketBuilder()
                .subprotocols(subprotocol)
                .buildAsync(
                        URI.create((secure ? "wss" : "ws") + "://127.0.0.1:" + address.getPort() + "/xmpp-websocket"),
                        messages)
                .get(10, TimeUnit.SECONDS);
    }
}
