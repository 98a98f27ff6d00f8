package io.convoke.http.webbridge3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.actors.webbridge.JoinForm;
import io.convoke.http.json.Json;
import io.convoke.http.problem.Problem;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a join's body: one JSON object of strings, with no field that the protocol does not know. What the strings must hold, the Webbridge knows. */
final class JoinFormReader {
    private static final List<String> FIELDS = List.of("name", "callId", "uri", "secret", "passcode");

    /** One of the two. */
    sealed interface Result {
        record Form(JoinForm form) implements Result {}

        record Bad(Problem problem) implements Result {}
    }

    private JoinFormReader() {}

    static Result read(byte[] body) {
        JsonNode root;
        try {
            root = Json.read(body);
        } catch (JsonProcessingException e) {
            return bad("The body is not JSON.", "a JSON object", "something else" + place(e));
        } catch (IOException e) {
            return bad("The body is not JSON.", "a JSON object in UTF-8", "something else");
        }
        if (!root.isObject()) {
            return bad("The body is not a JSON object.", "a JSON object", Json.kind(root));
        }
        for (Iterator<String> names = root.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                return bad("The body has a field too many.", "only " + String.join(", ", FIELDS), shortened(name));
            }
            JsonNode value = root.path(name);
            if (!value.isTextual() && !value.isNull()) {
                return bad("The field \"" + name + "\" is wrong.", "a string", Json.kind(value));
            }
        }
        return new Result.Form(new JoinForm(
                text(root, "name"),
                text(root, "callId"),
                text(root, "uri"),
                text(root, "secret"),
                text(root, "passcode")));
    }

    private static @Nullable String text(JsonNode root, String field) {
        JsonNode value = root.path(field);
        return value.isTextual() ? value.textValue() : null;
    }

    /** The parser's own message may quote the body, and that may hold a passcode. */
    private static String place(JsonProcessingException e) {
        var location = e.getLocation();
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String shortened(String name) {
        return name.length() <= 32 ? name : name.substring(0, 32) + "…";
    }

    private static Result bad(String detail, String expected, String found) {
        return new Result.Bad(Problem.badRequest(detail, expected, found));
    }
}
