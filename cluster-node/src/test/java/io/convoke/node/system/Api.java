package io.convoke.node.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A node's HTTP interface, as a client sees it. */
final class Api {
    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String origin;

    /** {@code origin} such as {@code http://localhost:8080}. */
    Api(String origin) {
        this.origin = origin;
    }

    /** A status and a body. */
    record Answer(int status, JsonNode body, String contentType) {}

    Answer get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(origin + path)).GET());
    }

    /** GET that must succeed. */
    JsonNode state(String path) throws IOException, InterruptedException {
        Answer answer = get(path);
        if (answer.status != 200) {
            throw new IOException("Expected 200 of " + path + ", but found " + answer);
        }
        return answer.body;
    }

    Answer post(String path, String contentType, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(origin + path))
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body)));
    }

    Answer join(String name, String callId) throws IOException, InterruptedException {
        return post(
                "/api/join",
                "application/json",
                JSON.createObjectNode().put("name", name).put("callId", callId).toString());
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response =
                client.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
        String type = response.headers().firstValue("content-type").orElse("");
        JsonNode body = type.contains("json") ? JSON.readTree(response.body()) : JSON.missingNode();
        return new Answer(response.statusCode(), body, type);
    }
}
