package io.convoke.node.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A session WebSocket as the client protocol describes it, without any media. */
final class ClientSession implements WebSocket.Listener, AutoCloseable {
    private final List<JsonNode> messages = new ArrayList<>();
    private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    private ClientSession(URI address) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .buildAsync(address, this)
                .join();
    }

    /** Opens the connection and says nothing. */
    static ClientSession connect(String origin, String path) {
        return new ClientSession(URI.create(origin.replaceFirst("^http", "ws")).resolve(path));
    }

    /** Joins by HTTP, opens the WebSocket, authenticates, and waits for the welcome. */
    static ClientSession join(String origin, String name, String callId) throws IOException, InterruptedException {
        Api.Answer answer = new Api(origin).join(name, callId);
        if (answer.status() != 200) {
            throw new IOException("Expected to join, but found " + answer);
        }
        ClientSession session = connect(origin, answer.body().path("webSocket").asText());
        session.authenticate(answer.body().path("token").asText());
        session.await("welcome");
        return session;
    }

    void authenticate(String token) {
        send(Api.JSON
                .createObjectNode()
                .put("type", "authenticate")
                .put("token", token)
                .toString());
    }

    void send(String message) {
        socket.sendText(message, true).join();
    }

    /** The first message of that type, among those already here or to come. */
    JsonNode await(String type) {
        return Eventually.eventually(
                Duration.ofSeconds(20),
                () -> {
                    synchronized (messages) {
                        return messages.stream()
                                .filter(each -> each.path("type").asText().equals(type))
                                .findFirst()
                                .orElseThrow(() -> new IllegalStateException("no " + type + " among " + messages));
                    }
                },
                message -> true);
    }

    /** The code with which the server closes. */
    int awaitClose() {
        return closeCode.orTimeout(20, TimeUnit.SECONDS).join();
    }

    boolean isOpen() {
        return !closeCode.isDone();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            take(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    private void take(String message) {
        try {
            JsonNode read = Api.JSON.readTree(message);
            synchronized (messages) {
                messages.add(read);
            }
            if (read.path("type").asText().equals("ping")) {
                socket.sendText("{\"type\":\"pong\",\"id\":" + read.path("id") + "}", true);
            }
        } catch (IOException failure) {
            throw new AssertionError("Not JSON: " + message, failure);
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closeCode.complete(code);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        closeCode.completeExceptionally(failure);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
