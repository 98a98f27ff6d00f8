package io.convoke.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;

/** A node's HTTP interface, where its speed is not what is measured. */
final class NodeApi {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;

    NodeApi(URI base) {
        this.base = base;
    }

    /** The answer to a join that succeeds. */
    JsonNode join(String callId) throws IOException, InterruptedException {
        String body = JSON.createObjectNode()
                .put("name", "Load")
                .put("callId", callId)
                .toString();
        return send(HttpRequest.newBuilder(base.resolve("/api/join"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Milliseconds from the first event of a participant's life to the one named {@code step}; not a number without one. */
    double millisUntil(String participant, String step) throws IOException, InterruptedException {
        JsonNode trace = send(HttpRequest.newBuilder(base.resolve("/state/trace?participant=" + participant))
                .GET());
        for (JsonNode event : trace.path("events")) {
            if (event.path("step").asText().equals(step)) {
                return event.path("sinceStartMillis").asDouble();
            }
        }
        return Double.NaN;
    }

    WebSocket open(String path, WebSocket.Listener listener) {
        URI address = base.resolve(path);
        return client.newWebSocketBuilder()
                .connectTimeout(PATIENCE)
                .buildAsync(URI.create(address.toString().replaceFirst("^http", "ws")), listener)
                .join();
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("Expected 200, but found " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }
}
