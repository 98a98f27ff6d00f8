package io.convoke.actors.webbridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** The end of a session in the client protocol's words (§2), and how a client announces it. */
final class LastWords {
    static final int NORMAL = 1000;
    static final int NOT_AUTHENTICATED = 4401;
    static final int LEG_GONE = 4404;
    static final int CALLBRIDGE_LOST = 4503;
    private static final ObjectMapper JSON = new ObjectMapper();

    private LastWords() {}

    /** What the callbridge said, as the client is to hear it. */
    static ToClient.Last of(String code, String detail) {
        if (code.equals("unknownParticipant")) {
            return error(code, detail, LEG_GONE);
        }
        return new ToClient.Last(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("type", "ended")
                        .put("code", code)
                        .put("detail", detail)
                        .toString(),
                code.equals("callbridgeLost") ? CALLBRIDGE_LOST : NORMAL);
    }

    static ToClient.Last error(String code, String detail, int closeCode) {
        return new ToClient.Last(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("type", "error")
                        .put("code", code)
                        .put("detail", detail)
                        .put("fatal", true)
                        .toString(),
                closeCode);
    }

    /** Whether a client's message is {@code leave}; anything malformed is not, and is judged by the call leg. */
    static boolean isLeave(String text) {
        if (!text.contains("leave")) {
            return false;
        }
        try {
            JsonNode message = JSON.readTree(text);
            return message != null && message.path("type").asText().equals("leave");
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
