package io.convoke.actors.callbridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoke.actors.c2w.C2wMessage;
import io.convoke.actors.relay.Relay;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an edge may show on a core's board. It is trusted less than the core: it can speak of its relays only, and in no name but the one that this core
 * dials it by, whatever it writes.
 */
final class EdgeStateRule {
    /** A relay's state has about 600. */
    static final int MOST_CHARS = 16 << 10;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The judgement. */
    sealed interface Verdict {}

    /** Shown under this identifier, as this JSON object; {@code relay} is what the edge calls it. */
    record Shown(String id, String relay, String json) implements Verdict {}

    /** What was shown under this identifier is there no longer. */
    record Gone(String id) implements Verdict {}

    /** Not shown; {@code why} quotes nothing of it. */
    record Refused(String why) implements Verdict {}

    private EdgeStateRule() {}

    /** {@code edge}: {@code host:port} as the configuration names it. */
    static Verdict judge(String edge, C2wMessage.EdgeState state) {
        if (!Relay.KIND.equals(state.kind())) {
            return new Refused("expected the kind " + Relay.KIND + ", but found another");
        }
        String id = id(state.id());
        if (id == null) {
            return new Refused("expected a GUID as the identifier, but found something else");
        }
        String own = id + "@" + edge;
        String json = state.json();
        if (json == null) {
            return new Gone(own);
        }
        if (json.length() > MOST_CHARS) {
            return new Refused("expected at most " + MOST_CHARS + " characters, but found " + json.length());
        }
        try {
            if (JSON.readTree(json) instanceof ObjectNode object) {
                return new Shown(
                        own,
                        id,
                        object.put("id", own)
                                .put("kind", Relay.KIND)
                                .put("node", edge)
                                .toString());
            }
        } catch (JsonProcessingException notJson) {
            return new Refused("expected a JSON object, but found no JSON");
        }
        return new Refused("expected a JSON object, but found another value");
    }

    private static @Nullable String id(@Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text).toString();
        } catch (IllegalArgumentException notAGuid) {
            return null;
        }
    }
}
