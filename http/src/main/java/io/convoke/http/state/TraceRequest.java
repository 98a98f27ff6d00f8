package io.convoke.http.state;

import io.convoke.actors.trace.TraceQuery;
import io.convoke.http.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads {@code ?participant=}, {@code ?conference=} or {@code ?user=}: exactly one of them, once. */
final class TraceRequest {
    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9._@-]{1,128}");
    private static final String EXPECTED = "one of participant, conference, user";

    /** One of the two. */
    sealed interface Result {
        record Query(TraceQuery query) implements Result {}

        record Bad(Problem problem) implements Result {}
    }

    private TraceRequest() {}

    static Result read(Map<String, List<String>> parameters) {
        List<String> values = parameters.values().stream().flatMap(List::stream).toList();
        if (values.size() != 1) {
            return bad(EXPECTED, values.size() + " parameters");
        }
        String value = values.get(0);
        return switch (parameters.keySet().iterator().next()) {
            case "participant" ->
                guid(value)
                        .map(id -> query(TraceQuery.ofParticipant(id)))
                        .orElseGet(() -> bad("a GUID as participant", "something else"));
            case "conference" ->
                guid(value)
                        .map(id -> query(TraceQuery.ofConference(id)))
                        .orElseGet(() -> bad("a GUID as conference", "something else"));
            case "user" ->
                USER.matcher(value).matches()
                        ? query(TraceQuery.ofUser(value))
                        : bad("a user ID such as guest1573064743", "something else");
            default -> bad(EXPECTED, "another parameter");
        };
    }

    /** The JDK's own parser takes much that is none. */
    static Optional<UUID> guid(String text) {
        return GUID.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    private static Result query(TraceQuery query) {
        return new Result.Query(query);
    }

    private static Result bad(String expected, String found) {
        return new Result.Bad(Problem.badRequest("The trace needs to know whose story to tell.", expected, found));
    }
}
