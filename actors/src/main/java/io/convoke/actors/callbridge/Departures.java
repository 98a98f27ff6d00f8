package io.convoke.actors.callbridge;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Legs that have left, until the conference and the guest account have both confirmed it. */
final class Departures {
    private record Departure(String reason, boolean removed, boolean guestGone) {}

    private final Map<UUID, Departure> byParticipant = new LinkedHashMap<>();

    void add(UUID participant, String reason) {
        byParticipant.put(participant, new Departure(reason, false, false));
    }

    /** The conference has taken it out. */
    void removed(UUID participant) {
        byParticipant.computeIfPresent(
                participant,
                (id, departure) -> confirmed(new Departure(departure.reason(), true, departure.guestGone())));
    }

    /** The guest account is gone, or does not answer. */
    void guestGone(UUID participant) {
        byParticipant.computeIfPresent(
                participant,
                (id, departure) -> confirmed(new Departure(departure.reason(), departure.removed(), true)));
    }

    private static @Nullable Departure confirmed(Departure departure) {
        return departure.removed() && departure.guestGone() ? null : departure;
    }

    /** Those the conference has not confirmed, with the reason: to be said again. */
    void unconfirmed(BiConsumer<UUID, String> each) {
        byParticipant.forEach((participant, departure) -> {
            if (!departure.removed()) {
                each.accept(participant, departure.reason());
            }
        });
    }

    boolean isEmpty() {
        return byParticipant.isEmpty();
    }
}
