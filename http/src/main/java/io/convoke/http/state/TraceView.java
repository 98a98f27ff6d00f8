package io.convoke.http.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoke.actors.trace.Ids;
import io.convoke.actors.trace.TraceEvent;
import io.convoke.actors.trace.TraceQuery;
import io.convoke.http.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A story as JSON: what was asked, each step with the time it took, and how the joins and leaves went. */
final class TraceView {
    private static final String JOINED = "joinedConference";
    private static final String LEFT = "leftSpace";

    private TraceView() {}

    static ObjectNode of(TraceQuery query, List<TraceEvent> events) {
        ObjectNode view = Json.object();
        ObjectNode asked = view.putObject("query");
        put(asked, "participant", query.participant());
        put(asked, "conference", query.conference());
        put(asked, "user", query.user());
        view.put("total", events.size());
        view.set("summary", summary(events));
        ArrayNode list = view.putArray("events");
        for (int i = 0; i < events.size(); i++) {
            TraceEvent event = events.get(i);
            Instant previous = events.get(Math.max(0, i - 1)).at();
            list.add(event(event, previous, events.get(0).at()));
        }
        return view;
    }

    private static ObjectNode event(TraceEvent event, Instant previous, Instant start) {
        ObjectNode node = Json.object()
                .put("at", event.at().toString())
                .put("sincePreviousMillis", millis(previous, event.at()))
                .put("sinceStartMillis", millis(start, event.at()))
                .put("node", event.node())
                .put("origin", event.origin().name().toLowerCase(Locale.ROOT))
                .put("program", event.program())
                .put("severity", event.severity().word())
                .put("step", event.step())
                .put("text", event.text());
        Ids ids = event.ids();
        ObjectNode named = node.putObject("ids");
        put(named, "loginRequest", ids.loginRequest());
        put(named, "user", ids.user());
        put(named, "participant", ids.participant());
        put(named, "conference", ids.conference());
        put(named, "media", ids.media());
        put(named, "correlator", ids.correlator());
        put(named, "space", ids.space());
        put(named, "apiCall", ids.apiCall());
        put(named, "callbridge", ids.callbridge());
        put(named, "session", ids.session());
        put(named, "callNumber", ids.callNumber());
        return node;
    }

    private static void put(ObjectNode node, String name, @Nullable Object value) {
        if (value instanceof Long number) {
            node.put(name, number);
        } else if (value instanceof Integer number) {
            node.put(name, number);
        } else if (value != null) {
            node.put(name, value.toString());
        }
    }

    /** When each participant asked to join, had joined, and left; on top the first join and the last leave of the story. */
    private static ObjectNode summary(List<TraceEvent> events) {
        ObjectNode summary = Json.object();
        ArrayNode people = Json.object().arrayNode();
        for (TraceEvent event : events) {
            if (event.step().equals(JOINED)) {
                people.add(person(event, events));
            }
        }
        JsonNode first = people.path(0);
        String left = events.stream()
                .filter(event -> event.step().equals(LEFT))
                .map(event -> event.at().toString())
                .reduce((earlier, later) -> later)
                .orElse(null);
        summary.set("joined", first.path("joined"));
        summary.put("left", left);
        summary.set("joinMillis", first.path("joinMillis"));
        summary.set("participants", people);
        return summary;
    }

    private static ObjectNode person(TraceEvent joined, List<TraceEvent> events) {
        Ids whose = joined.ids();
        Instant asked = events.stream()
                .filter(event -> sameLife(whose, event.ids()))
                .map(TraceEvent::at)
                .findFirst()
                .orElse(joined.at());
        ObjectNode person = Json.object();
        put(person, "participant", whose.participant());
        put(person, "user", whose.user());
        person.put("asked", asked.toString()).put("joined", joined.at().toString());
        person.put("joinMillis", millis(asked, joined.at()));
        person.put(
                "left",
                events.stream()
                        .filter(event -> event.step().equals(LEFT) && sameLife(whose, event.ids()))
                        .map(event -> event.at().toString())
                        .findFirst()
                        .orElse(null));
        return person;
    }

    private static boolean sameLife(Ids one, Ids other) {
        return (one.participant() != null && one.participant().equals(other.participant()))
                || (one.user() != null && one.user().equals(other.user()))
                || (one.loginRequest() != null && one.loginRequest().equals(other.loginRequest()))
                || (one.session() != null && one.session().equals(other.session()));
    }

    private static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1_000_000.0;
    }
}
