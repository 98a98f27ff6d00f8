package io.convoke.http.api;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.actors.state.StateBoard;
import io.convoke.actors.state.StateSnapshot;
import io.convoke.http.json.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** {@code /system/alarms}: what is wrong at the moment, on all nodes; {@code /state/alarms} has the words. */
final class AlarmsResource {
    /** What else of an alarm is shown: the original's names, and the states'. */
    private static final Map<String, String> TEXTS =
            new TreeMap<>(Map.of("failureReason", "failureReason", "callBridge", "callbridge"));

    private final ActorSystem<?> system;
    private final InstantSource clock;
    private final Duration bound;

    AlarmsResource(ActorSystem<?> system, InstantSource clock, Duration bound) {
        this.system = system;
        this.clock = clock;
        this.bound = bound;
    }

    CompletionStage<HttpResponse> list(ApiRequest request) {
        Page page = Page.of(request.form());
        return StateBoard.gather(system, "alarms", null, bound).thenApply(found -> {
            List<JsonNode> alarms = found.stream()
                    .map(AlarmsResource::json)
                    .filter(alarm -> alarm.hasNonNull("type"))
                    .toList();
            List<ApiAnswer.Item> items =
                    page.cut(alarms).stream().map(this::item).toList();
            return ApiAnswer.list(request.wantsJson(), "alarms", "alarm", alarms.size(), items);
        });
    }

    private ApiAnswer.Item item(JsonNode alarm) {
        ApiAnswer.Item item = ApiAnswer.Item.of(alarm.path("id").asText())
                .with("type", alarm.path("type").asText());
        String since = alarm.path("since").asText();
        try {
            Instant began = Instant.parse(since);
            item.with(
                    "activeTimeSeconds",
                    Math.max(0, Duration.between(began, clock.instant()).toSeconds()));
            item.with("timestamp", Instant.ofEpochSecond(began.getEpochSecond()).toString());
        } catch (DateTimeException timeless) {
            // One without a time is shown all the same.
        }
        TEXTS.forEach((name, in) -> {
            if (alarm.hasNonNull(in)) {
                item.with(name, alarm.path(in).asText());
            }
        });
        return item;
    }

    private static JsonNode json(StateSnapshot snapshot) {
        try {
            return Json.read(snapshot.json());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Expected JSON from alarm " + snapshot.id(), e);
        }
    }
}
