package io.convoke.actors.conference;

import io.convoke.actors.node.NodeContext;
import io.convoke.actors.node.StateJson;
import io.convoke.actors.space.Space;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a conference says about itself. */
final class ConferenceView {
    private ConferenceView() {}

    static StateJson of(
            ConferenceState state,
            @Nullable Space space,
            LeaseBook leases,
            NodeContext node,
            Instant since,
            ConferenceSettings settings) {
        String word = state.instances().isEmpty() ? "idle" : state.locked() ? "locked" : "running";
        return new StateJson("conferences", state.space().toString(), node.name(), since, word)
                .with("space", state.space())
                .with("name", space == null ? null : space.name())
                .with("participantLimit", space == null ? null : space.participantLimit())
                .with("participants", state.legs().size())
                .with("correlator", state.correlator())
                .with("locked", state.locked() || (space != null && space.locked()))
                .with("lockEpoch", state.epoch())
                .with("leaseSeconds", settings.lease().toSeconds())
                .with("leasesOutstanding", leases.outstanding(node.nanos().getAsLong()))
                .with(
                        "instances",
                        state.instances().stream().map(ConferenceView::instance).toList())
                .with("roster", state.legs().stream().map(ConferenceView::leg).toList());
    }

    private static Map<String, Object> instance(HostedInstance instance) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("conference", instance.conference());
        map.put("controlMedia", instance.media());
        map.put("apiCall", instance.apiCall());
        map.put("callbridge", instance.callbridge());
        map.put("incarnation", instance.incarnation());
        return map;
    }

    private static Map<String, Object> leg(ConferenceLeg leg) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("participant", leg.participant());
        map.put("user", leg.user());
        map.put("name", leg.name());
        map.put("conference", leg.instance());
        map.put("joinedAt", leg.joinedAt());
        return map;
    }
}
