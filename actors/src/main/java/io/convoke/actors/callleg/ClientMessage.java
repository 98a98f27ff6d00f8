package io.convoke.actors.callleg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A client's message as the client protocol (§2) has it, read from its JSON. */
sealed interface ClientMessage {
    ObjectMapper JSON = new ObjectMapper();
    Set<String> SOURCES = Set.of("microphone", "camera", "screen", "screenAudio");
    int MOST_SOURCES = 64;

    record Offer(long id, String sdp, Map<String, String> sources) implements ClientMessage {}

    record State(@Nullable Boolean audioMuted, @Nullable Boolean videoMuted) implements ClientMessage {}

    /** {@code id} is the client's own. */
    record Chat(long id, String text) implements ClientMessage {}

    record Leave() implements ClientMessage {}

    /** Not one of these. {@code inReplyTo} is the message's id where it has one. */
    record Bad(
            String code,
            String detail,
            String expected,
            String found,
            @Nullable Long inReplyTo) implements ClientMessage {}

    /** Never throws. */
    static ClientMessage read(String text) {
        JsonNode node;
        try {
            node = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return new Bad("badMessage", "The message is not JSON.", "one JSON object", "something else", null);
        }
        if (node == null || !node.isObject()) {
            return new Bad("badMessage", "The message is not a JSON object.", "one JSON object", "another value", null);
        }
        JsonNode type = node.get("type");
        if (type == null || !type.isTextual()) {
            return bad("type", "a string", type, null);
        }
        return switch (type.textValue()) {
            case "offer" -> offer(node);
            case "state" -> state(node);
            case "chat" -> chat(node);
            case "leave" -> new Leave();
            default ->
                new Bad(
                        "unknownType",
                        "No message has the type \"" + shortened(type.textValue()) + "\".",
                        "offer, state, chat, leave, ping or pong",
                        shortened(type.textValue()),
                        null);
        };
    }

    private static ClientMessage offer(JsonNode node) {
        JsonNode id = node.get("id");
        if (id == null || !id.isIntegralNumber() || !id.canConvertToLong()) {
            return bad("id", "an integer", id, null);
        }
        JsonNode sdp = node.get("sdp");
        if (sdp == null || !sdp.isTextual()) {
            return bad("sdp", "a string", sdp, id.longValue());
        }
        Map<String, String> sources = new HashMap<>();
        JsonNode given = node.get("sources");
        if (given != null && !given.isNull()) {
            if (!given.isObject() || given.size() > MOST_SOURCES) {
                return bad("sources", "an object of at most " + MOST_SOURCES + " fields", given, id.longValue());
            }
            for (Map.Entry<String, JsonNode> source : given.properties()) {
                if (!SOURCES.contains(source.getValue().asText())) {
                    return bad(
                            "sources",
                            "one of " + SOURCES.stream().sorted().toList(),
                            source.getValue(),
                            id.longValue());
                }
                sources.put(source.getKey(), source.getValue().asText());
            }
        }
        return new Offer(id.longValue(), sdp.textValue(), Map.copyOf(sources));
    }

    private static ClientMessage chat(JsonNode node) {
        JsonNode id = node.get("id");
        if (id == null || !id.isIntegralNumber() || !id.canConvertToLong()) {
            return bad("id", "an integer", id, null);
        }
        JsonNode text = node.get("text");
        if (text == null || !text.isTextual()) {
            return bad("text", "a string", text, id.longValue());
        }
        return new Chat(id.longValue(), text.textValue());
    }

    private static ClientMessage state(JsonNode node) {
        for (String field : new String[] {"audioMuted", "videoMuted"}) {
            JsonNode value = node.get(field);
            if (value != null && !value.isNull() && !value.isBoolean()) {
                return bad(field, "true or false", value, null);
            }
        }
        return new State(flag(node.get("audioMuted")), flag(node.get("videoMuted")));
    }

    private static @Nullable Boolean flag(@Nullable JsonNode node) {
        return (node == null || node.isNull()) ? null : node.booleanValue();
    }

    private static Bad bad(String field, String expected, @Nullable JsonNode found, @Nullable Long inReplyTo) {
        String what = found == null ? "nothing" : shortened(found.toString());
        return new Bad(
                "badMessage",
                "The field \"" + field + "\" is wrong: expected " + expected + ", but found " + what + ".",
                field + ": " + expected,
                what,
                inReplyTo);
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
