package io.convoke.actors.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.convoke.actors.state.StateSnapshot;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds what an actor says about itself: a JSON object that starts with id, kind, node, since and state. Never put a secret in. */
public final class StateJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final String kind;
    private final String id;
    private final String node;
    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    public StateJson(String kind, String id, String node, Instant since, String state) {
        this.kind = kind;
        this.id = id;
        this.node = node;
        fields.put("id", id);
        fields.put("kind", kind);
        fields.put("node", node);
        fields.put("since", since);
        fields.put("state", state);
    }

    /** Adds a field: a string, number, boolean, instant, GUID, record, list, map, or null. */
    public StateJson with(String name, @Nullable Object value) {
        fields.put(name, value);
        return this;
    }

    public StateSnapshot snapshot() {
        return new StateSnapshot(kind, id, node, write(fields));
    }

    /** Any value as JSON. */
    public static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Expected values that JSON can hold", e);
        }
    }
}
