package io.convoke.actors.callleg;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A roster as the client protocol has it: everybody, with {@code you} on the reader's own entry. */
final class RosterJson {
    private RosterJson() {}

    /** The anchor shows a participant from the opening of the session on; the welcome comes a moment earlier. */
    static List<RosterEntry> withSelf(List<RosterEntry> roster, LegDetails self) {
        if (roster.stream().anyMatch(entry -> entry.participant().equals(self.participant()))) {
            return roster;
        }
        List<RosterEntry> whole = new ArrayList<>(roster);
        whole.add(new RosterEntry(self.participant(), self.name(), false, false, false, self.joinedAt()));
        return whole;
    }

    static ArrayNode of(List<RosterEntry> entries, UUID reader) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(entries.size());
        for (RosterEntry entry : entries) {
            array.addObject()
                    .put("participant", entry.participant().toString())
                    .put("name", entry.name())
                    .put("audioMuted", entry.audioMuted())
                    .put("videoMuted", entry.videoMuted())
                    .put("sharing", entry.sharing())
                    .put("joinedAt", entry.joinedAt().toString())
                    .put("you", entry.participant().equals(reader));
        }
        return array;
    }
}
