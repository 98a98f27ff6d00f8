package io.convoke.actors.callleg;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoke.media.sfu.Slot;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The server's messages of the client protocol (§2), each as one JSON object. */
final class ServerMessages {
    private ServerMessages() {}

    /** {@code mediaSections}: offers with more are refused. */
    static String welcome(LegDetails leg, List<RosterEntry> roster, int mediaSections) {
        ObjectNode message = message("welcome")
                .put("participant", leg.participant().toString())
                .put("user", leg.user())
                .put("conference", leg.conference().toString());
        message.putObject("space").put("id", leg.space().toString()).put("name", leg.spaceName());
        message.set("roster", RosterJson.of(roster, leg.participant()));
        message.putObject("limits").put("mediaSections", mediaSections);
        return message.toString();
    }

    static String answer(FromAnchor.OfferAnswered answered) {
        return message("answer")
                .put("inReplyTo", answered.offer())
                .put("sdp", answered.sdp())
                .toString();
    }

    static String roster(List<RosterEntry> roster, UUID reader) {
        ObjectNode message = message("roster");
        message.set("participants", RosterJson.of(roster, reader));
        return message.toString();
    }

    static String speaking(List<UUID> participants) {
        ObjectNode message = message("speaking");
        ArrayNode array = message.putArray("participants");
        participants.forEach(participant -> array.add(participant.toString()));
        return message.toString();
    }

    static String slots(FromAnchor.SlotsAre slots) {
        ObjectNode message = message("slots");
        ArrayNode array = message.putArray("slots");
        for (Slot slot : slots.slots()) {
            UUID participant = slot.participant();
            array.addObject()
                    .put("mid", slot.mid())
                    .put("kind", slot.kind())
                    .put("participant", participant == null ? null : participant.toString())
                    .put("source", slot.source());
        }
        message.putObject("wanted").put("audio", slots.wantedAudio()).put("video", slots.wantedVideo());
        return message.toString();
    }

    static String media(FromAnchor.MediaIs media) {
        return message("media")
                .put("state", media.state().name().toLowerCase(Locale.ROOT))
                .put("detail", media.detail())
                .toString();
    }

    static String error(
            String code, String detail, @Nullable String expected, @Nullable String found, @Nullable Long inReplyTo) {
        return message("error")
                .put("code", code)
                .put("detail", detail)
                .put("expected", expected)
                .put("found", found)
                .put("inReplyTo", inReplyTo)
                .put("fatal", false)
                .toString();
    }

    private static ObjectNode message(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
