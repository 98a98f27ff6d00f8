package io.convoke.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoke.media.client.SoftClient;
import io.convoke.media.client.SoftSection;
import io.convoke.media.client.SoftSink;
import io.convoke.protocols.srtp.SrtpProfile;
import java.io.IOException;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** One participant as the client protocol has it: joins by HTTP, opens the session WebSocket, offers, and has media. */
final class Guest implements WebSocket.Listener, AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;
    /** Between the connectivity checks of browsers on a connection that stands. */
    private static final long CHECK_MILLIS = 2_500;

    private final SoftClient media;
    private final String participant;
    private final WebSocket socket;
    private final StringBuilder text = new StringBuilder();
    private final Map<String, CompletableFuture<JsonNode>> firsts = new ConcurrentHashMap<>();

    private Guest(NodeApi api, JsonNode joined, SoftSink sink) {
        media = new SoftClient(SrtpProfile.AEAD_AES_128_GCM, sink);
        participant = joined.path("participant").asText();
        socket = api.open(joined.path("webSocket").asText(), this);
    }

    /** Joins a meeting; answers when both ends have SRTP keys. */
    static Guest join(NodeApi api, String callId, List<SoftSection> sections, SoftSink sink) throws Exception {
        JsonNode joined = api.join(callId);
        Guest guest = new Guest(api, joined, sink);
        guest.say(
                "authenticate",
                message -> message.put("token", joined.path("token").asText()));
        guest.first("welcome");
        guest.say("offer", message -> message.put("id", 1).put("sdp", guest.media.offer(sections)));
        guest.media.answered(guest.first("answer").path("sdp").asText());
        guest.media.connected().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        guest.first("media connected");
        guest.media.checkEvery(CHECK_MILLIS);
        return guest;
    }

    String participant() {
        return participant;
    }

    SoftClient media() {
        return media;
    }

    /** Leaves the meeting and waits for the server's word on it. */
    @Override
    public void close() throws Exception {
        say("leave", message -> message);
        first("ended");
        socket.abort();
        media.close();
    }

    private JsonNode first(String type) throws Exception {
        return future(type).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private CompletableFuture<JsonNode> future(String type) {
        return firsts.computeIfAbsent(type, any -> new CompletableFuture<>());
    }

    private void say(String type, java.util.function.UnaryOperator<ObjectNode> fields) {
        ObjectNode message = NodeApi.JSON.createObjectNode().put("type", type);
        socket.sendText(fields.apply(message).toString(), true).join();
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
            JsonNode read = NodeApi.JSON.readTree(message);
            String type = read.path("type").asText();
            if (type.equals("media")) {
                type = "media " + read.path("state").asText();
            }
            if (type.equals("ping")) {
                // A socket that cannot carry it is closing, which the listener hears of.
                CompletableFuture<WebSocket> unused =
                        socket.sendText("{\"type\":\"pong\",\"id\":" + read.path("id") + "}", true);
            } else if (type.equals("error")) {
                IOException refused = new IOException("The node answered " + message);
                future("welcome").completeExceptionally(refused);
                future("answer").completeExceptionally(refused);
            } else {
                future(type).complete(read);
            }
        } catch (IOException notJson) {
            throw new IllegalStateException("Expected JSON, but found " + message, notJson);
        }
    }
}
