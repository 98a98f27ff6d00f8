package io.convoke.actors.webbridge;

import io.convoke.actors.c2w.C2wFailure;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.node.StateJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the web bridge says about its end of the C2W links. */
final class WebbridgeView {
    private WebbridgeView() {}

    static StateJson of(
            EdgeSettings settings,
            NodeContext node,
            Instant since,
            LinkTable links,
            @Nullable C2wFailure trouble,
            int joins,
            int sessions,
            TraceForwarder forwarder) {
        String state = links.leastLoaded().isPresent() ? "up" : "waiting";
        return new StateJson("c2w-links", "listener@" + settings.webbridge(), node.name(), since, state)
                .with("webbridge", settings.webbridge())
                .with("links", links.all().stream().map(WebbridgeView::link).toList())
                .with("joinsInFlight", joins)
                .with("sessions", sessions)
                .with("traceWaiting", forwarder.size())
                .with("traceDropped", forwarder.dropped())
                .with("reason", trouble == null ? null : trouble.reason())
                .with("lastError", trouble == null ? null : trouble.words());
    }

    private static Map<String, @Nullable Object> link(LinkTable.Link link) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("state", link.hello == null ? "helloing" : "up");
        map.put("since", link.since);
        map.put("callbridge", link.hello == null ? null : link.hello.callbridge());
        map.put("callbridgeNode", link.hello == null ? null : link.hello.node());
        map.put("callbridgeSoftware", link.hello == null ? null : link.hello.software());
        map.put("peerCertificate", link.connection.peer());
        map.put("joinsInFlight", link.joinsInFlight);
        map.put("sessions", link.sessions);
        return map;
    }
}
