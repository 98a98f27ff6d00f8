package io.convoke.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.convoke.node.settings.NodeSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a node that runs on the same data folder says about its XMPP sessions, over its own HTTP port. */
record LiveSessions(List<JsonNode> sessions) {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int OK = 200;

    /** Empty where no such node answers. */
    static LiveSessions find(NodeSettings settings) {
        NodeSettings.Http http = settings.http();
        Path identity = settings.data().resolve("callbridge.id");
        if (http.port() == 0 || !Files.isReadable(identity)) {
            return new LiveSessions(List.of());
        }
        String host = http.host().equals("0.0.0.0") ? "127.0.0.1" : http.host();
        String authority = (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + http.port();
        try {
            String callbridge = Files.readString(identity).strip();
            HttpResponse<String> answer = HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .build()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://" + authority + "/state/xmpp-sessions"))
                                    .timeout(PATIENCE)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            List<JsonNode> own = new ArrayList<>();
            if (answer.statusCode() == OK) {
                for (JsonNode session :
                        new ObjectMapper().readTree(answer.body()).path("xmpp-sessions")) {
                    if (session.path("callbridge").asText().equals(callbridge)) {
                        own.add(session);
                    }
                }
            }
            return new LiveSessions(List.copyOf(own));
        } catch (IOException | IllegalArgumentException nobody) {
            return new LiveSessions(List.of());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new LiveSessions(List.of());
        }
    }

    boolean isRunning() {
        return !sessions.isEmpty();
    }

    /** A text of the first session; empty where it says nothing. */
    String first(String field) {
        return sessions.isEmpty() ? "" : sessions.get(0).path(field).asText("");
    }
}
