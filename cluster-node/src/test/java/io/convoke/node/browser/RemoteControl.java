package io.convoke.node.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A WebSocket that carries numbered commands, their answers and events: what the DevTools protocol and WebDriver BiDi have in common. */
final class RemoteControl implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final long ANSWER_SECONDS = 90;

    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final Consumer<JsonNode> events;
    private final WebSocket socket;

    /** {@code events} gets each message that is no answer, on the WebSocket's thread. */
    RemoteControl(String address, Consumer<JsonNode> events) {
        this.events = events;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(20))
                .buildAsync(URI.create(address), new Listener())
                .join();
    }

    /** The answer's {@code result}. */
    JsonNode command(String method, JsonNode parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", parameters);
        JsonNode answered;
        try {
            // One command at a time: the JDK's WebSocket refuses a second send before the first has gone out.
            synchronized (this) {
                socket.sendText(message.toString(), true).join();
            }
            answered = answer.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException failure) {
            throw new BrowserFailure("No answer to " + message, failure);
        } finally {
            waiting.remove(id);
        }
        if (answered.has("error")) {
            throw new BrowserFailure(method + " was refused: " + answered);
        }
        return answered.path("result");
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException failure) {
            throw new BrowserFailure("The browser did not send JSON: " + text, failure);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }

    private void taken(String text) {
        JsonNode message = parse(text);
        CompletableFuture<JsonNode> answer = waiting.get(message.path("id").asInt(-1));
        if (answer == null) {
            events.accept(message);
        } else {
            answer.complete(message);
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                String whole = text.toString();
                text.setLength(0);
                taken(whole);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            waiting.values().forEach(answer -> answer.completeExceptionally(failure));
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            BrowserFailure gone = new BrowserFailure("The browser closed its connection: " + status + " " + reason);
            waiting.values().forEach(answer -> answer.completeExceptionally(gone));
            return CompletableFuture.completedFuture(null);
        }
    }
}
