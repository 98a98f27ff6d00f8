package io.convoke.http.state;

import akka.http.javadsl.model.HttpRequest;
import io.convoke.actors.relayadmin.RelayRequest;
import io.convoke.http.problem.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which of a relay's allocations are asked for: {@code offset}, {@code limit}, {@code user}, {@code participant}. */
record RelayParameters(Map<String, String> query) {
    private static final Set<String> NAMES = Set.of("offset", "limit", "user", "participant");
    private static final int USUAL = 100;

    static RelayParameters of(HttpRequest request) {
        return new RelayParameters(request.getUri().query().toMap());
    }

    /** Empty: all is well. */
    Optional<Problem> problem() {
        if (!NAMES.containsAll(query.keySet())) {
            return bad("offset, limit, user, participant", "another parameter");
        }
        for (String name : Set.of("offset", "limit")) {
            if (!query.getOrDefault(name, "0").matches("[0-9]{1,9}")) {
                return bad("a whole number as " + name, "something else");
            }
        }
        String participant = query.getOrDefault("participant", "");
        return participant.isEmpty() || TraceRequest.guid(participant).isPresent()
                ? Optional.empty()
                : bad("a GUID as participant", "something else");
    }

    RelayRequest.Show page() {
        int limit = Integer.parseInt(query.getOrDefault("limit", Integer.toString(USUAL)));
        return new RelayRequest.Show(
                Integer.parseInt(query.getOrDefault("offset", "0")),
                Math.min(limit, RelayRequest.MOST),
                query.get("user"),
                TraceRequest.guid(query.getOrDefault("participant", "")).orElse(null));
    }

    private static Optional<Problem> bad(String expected, String found) {
        return Optional.of(Problem.badRequest("These allocations cannot be found.", expected, found));
    }
}
