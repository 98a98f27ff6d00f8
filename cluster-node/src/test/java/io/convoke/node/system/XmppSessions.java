package io.convoke.node.system;

import static io.convoke.node.system.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What a node says about its callbridge's registrations ({@code /state/xmpp-sessions}) and its alarms. */
final class XmppSessions {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Api api;

    XmppSessions(Api api) {
        this.api = api;
    }

    /** Waits until the one session that there is is as wished. */
    JsonNode await(Predicate<JsonNode> wished) {
        return eventually(
                        PATIENCE,
                        () -> api.state("/state/xmpp-sessions").path("xmpp-sessions"),
                        sessions -> sessions.size() == 1 && wished.test(sessions.get(0)))
                .get(0);
    }

    JsonNode awaitRegistered(String domain) {
        return await(session -> session.path("domain").asText().equals(domain)
                && session.path("state").asText().equals("registered"));
    }

    /** Waits until the last error is this one, and answers the session. */
    JsonNode awaitError(String domain, String code) {
        return await(session -> session.path("domain").asText().equals(domain)
                && session.path("lastError").path("code").asText().equals(code));
    }

    /** Waits until exactly these kinds of alarms are on. */
    void awaitAlarms(String... types) {
        eventually(PATIENCE, this::alarms, found -> found.equals(List.of(types)));
    }

    private List<String> alarms() throws Exception {
        List<String> types = new ArrayList<>();
        for (JsonNode alarm : api.state("/state/alarms").path("alarms")) {
            types.add(alarm.path("type").asText());
        }
        return types;
    }
}
