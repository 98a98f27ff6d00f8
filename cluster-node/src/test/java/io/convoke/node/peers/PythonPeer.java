package io.convoke.node.peers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** A component or a client with slixmpp, which tells in lines of JSON what happens to it, and is told what to do the same way. */
public final class PythonPeer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PeerProcess process;

    private PythonPeer(PeerProcess process) {
        this.process = process;
    }

    /** Skips the test, or fails it under {@code CI=true}, where slixmpp is missing. */
    public static void require() {
        Programs.requirePythonModule("slixmpp", "python3-slixmpp");
    }

    /** {@code xmpp_component.py} with this argument. */
    public static PythonPeer component(Path folder, Map<String, ?> argument) {
        return start(folder, "xmpp_component.py", argument);
    }

    /** {@code xmpp_client.py} with this argument. */
    public static PythonPeer client(Path folder, Map<String, ?> argument) {
        return start(folder, "xmpp_client.py", argument);
    }

    private static PythonPeer start(Path folder, String script, Map<String, ?> argument) {
        require();
        URL source = Objects.requireNonNull(PythonPeer.class.getResource(script), script);
        try {
            return new PythonPeer(PeerProcess.start(
                    script,
                    folder,
                    Map.of("PYTHONDONTWRITEBYTECODE", "1"),
                    List.of(
                            Programs.PYTHON,
                            "-u",
                            Path.of(source.toURI()).toString(),
                            JSON.writeValueAsString(argument))));
        } catch (URISyntaxException | JsonProcessingException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Waits for the event; what has already happened counts. */
    public JsonNode await(String event) {
        return await(event, any -> true);
    }

    public JsonNode await(String event, Predicate<JsonNode> wished) {
        int after = process.await(
                0,
                line -> event(line).path("event").asText().equals(event) && wished.test(event(line)),
                "\"" + event + "\" as wished",
                PATIENCE);
        return event(process.lines().get(after - 1));
    }

    /** What has happened so far, the oldest first. */
    public List<JsonNode> events(String event) {
        return process.lines().stream()
                .map(PythonPeer::event)
                .filter(each -> each.path("event").asText().equals(event))
                .toList();
    }

    /** Tells it a command, with names and values in turn, and returns at once. */
    public void tell(String command, String... arguments) {
        ObjectNode line = JSON.createObjectNode().put("do", command);
        for (int i = 0; i < arguments.length; i += 2) {
            line.put(arguments[i], arguments[i + 1]);
        }
        process.tell(line.toString());
    }

    /** Sends an IQ, and waits for what came back: {@code type}, {@code xml} within it, {@code condition} of an error. */
    public JsonNode ask(String kind, String to, String payload) {
        int before = events("iq").size();
        tell("iq", "kind", kind, "to", to, "payload", payload);
        await("iq", any -> events("iq").size() > before);
        return events("iq").get(before);
    }

    /** An event, or a missing node where the line is none, such as a line of a stack trace. */
    private static JsonNode event(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException words) {
            return JSON.missingNode();
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
