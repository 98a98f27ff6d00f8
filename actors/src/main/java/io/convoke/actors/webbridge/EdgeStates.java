package io.convoke.actors.webbridge;

import io.convoke.actors.c2w.C2wMessage;
import io.convoke.actors.state.StateSnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the core is shown of this process's own things, such as its relay: every link gets each state once, and again when it changed. */
final class EdgeStates {
    private final Map<String, StateSnapshot> shown = new LinkedHashMap<>();

    /** The states of this moment; what is no longer among them is gone. */
    void update(List<StateSnapshot> now, LinkTable links) {
        Map<String, StateSnapshot> before = new LinkedHashMap<>(shown);
        shown.clear();
        now.forEach(state -> shown.put(state.kind() + "/" + state.id(), state));
        for (LinkTable.Link link : links.all()) {
            if (link.hello == null) {
                continue;
            }
            shown.forEach((key, state) -> {
                if (!state.equals(before.get(key))) {
                    show(link, state);
                }
            });
            before.forEach((key, state) -> {
                if (!shown.containsKey(key)) {
                    link.connection.send(new C2wMessage.EdgeState(state.kind(), state.id(), null));
                }
            });
        }
    }

    /** Everything, to a callbridge that has just said hello. */
    void greet(LinkTable.Link link) {
        shown.values().forEach(state -> show(link, state));
    }

    private static void show(LinkTable.Link link, StateSnapshot state) {
        link.connection.send(new C2wMessage.EdgeState(state.kind(), state.id(), state.json()));
    }
}
