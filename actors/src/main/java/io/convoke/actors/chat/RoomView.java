package io.convoke.actors.chat;

import io.convoke.actors.node.NodeContext;
import io.convoke.actors.node.StateJson;
import io.convoke.actors.space.Space;
import io.convoke.actors.state.StateSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a room says about itself: who is in and how much was said, never what. */
final class RoomView {
    private RoomView() {}

    static StateSnapshot of(
            UUID id, NodeContext node, Instant since, @Nullable Space space, Occupants occupants, ChatLog log) {
        List<Map<String, Object>> people = new ArrayList<>();
        occupants.participantNicks().forEach(nick -> people.add(Map.of("name", nick, "kind", "participant")));
        occupants
                .clients()
                .forEach(occupant -> people.add(Map.of(
                        "name",
                        occupant.nick(),
                        "kind",
                        "xmpp",
                        "address",
                        occupant.address().toString())));
        return new StateJson(ChatRoom.KIND, id.toString(), node.name(), since, word(space, occupants, log))
                .with("space", id)
                .with("name", space == null ? null : space.name())
                .with("kept", space == null ? null : space.chatHistory())
                .with("occupants", people)
                .with("messages", log.said())
                .with("stored", log.stored())
                .with("waiting", log.queue().size())
                .with("lastError", log.lastError())
                .snapshot();
    }

    private static String word(@Nullable Space space, Occupants occupants, ChatLog log) {
        if (log.lastError() != null) {
            return "databaseUnavailable";
        } else if (space == null || !space.chat()) {
            return "off";
        }
        return occupants.isEmpty() ? "idle" : "open";
    }
}
