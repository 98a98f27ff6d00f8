package io.convoke.node.peers;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** XMPP by hand over the JDK's WebSocket (RFC 7395): one element in a message. */
public final class WebSocketClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    public WebSocketClient(URI address) {
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("xmpp")
                .connectTimeout(PATIENCE)
                .buildAsync(address, new Receiver())
                .join();
    }

    /** What the server chose. */
    public String subprotocol() {
        return socket.getSubprotocol();
    }

    /** Logs in as nobody in particular, and answers the full address. */
    public String logIn(String domain) throws InterruptedException {
        open(domain);
        String features = await("features");
        if (!features.contains("ANONYMOUS")) {
            throw new AssertionError("Expected to be let in anonymously, but: " + features);
        }
        send("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>");
        await("<success");
        open(domain);
        await("features");
        send("<iq xmlns='jabber:client' type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
        return await("<jid>").replaceAll(".*<jid>|</jid>.*", "");
    }

    public void join(String room, String nick) {
        send("<presence xmlns='jabber:client' to='%s/%s'><x xmlns='http://jabber.org/protocol/muc'/></presence>"
                .formatted(room, nick));
    }

    public void say(String room, String words) {
        send("<message xmlns='jabber:client' type='groupchat' to='%s'><body>%s</body></message>"
                .formatted(room, words));
    }

    private void open(String domain) {
        send("<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='" + domain + "' version='1.0'/>");
    }

    public void send(String element) {
        socket.sendText(element, true).join();
    }

    /** The next message that is as wished; those before it are passed over. */
    public String await(Predicate<String> wished) throws InterruptedException {
        StringBuilder passed = new StringBuilder();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String next = received.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new AssertionError("Expected another message within " + PATIENCE + ", after" + passed);
            }
            if (wished.test(next)) {
                return next;
            }
            passed.append('\n').append(next);
        }
    }

    public String await(String part) throws InterruptedException {
        return await(message -> message.contains(part));
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Receiver implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                received.add(message.toString());
                message.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            received.add("closed: " + status + " " + reason);
            return null;
        }
    }
}
