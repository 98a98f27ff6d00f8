package io.convoke.actors.relay;

import io.convoke.actors.node.StateJson;
import io.convoke.media.relay.TurnCounters;
import io.convoke.media.relay.TurnEndpoint;
import io.convoke.protocols.turn.TransportAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a relay says about itself; never a secret, and no users' names. */
final class RelayState {
    private static final int MOST_MEDIA = 64;

    private RelayState() {}

    static void rules(StateJson json, RelayRules rules, RelayPolicy policy, CallbridgeMedia media) {
        TransportAddress alternate = policy.alternate();
        json.with("draining", policy.isDraining())
                .with("alternate", alternate == null ? null : alternate.toString())
                .with("realm", rules.realm())
                .with("users", rules.users().size())
                .with("sharedSecret", rules.sharedSecret() != null)
                .with("peers", rules.peers().any() ? "any" : "callbridges")
                .with("allowPeers", texts(rules.peers().allow()))
                .with("denyPeers", texts(rules.peers().deny()))
                .with(
                        "callbridgeMedia",
                        media.connected().stream()
                                .limit(MOST_MEDIA)
                                .map(Objects::toString)
                                .toList())
                .with(
                        "lostCallbridgeMedia",
                        media.lost().stream()
                                .limit(MOST_MEDIA)
                                .map(Objects::toString)
                                .toList())
                .with("quotas", rules.quotas());
    }

    static List<Map<String, String>> listeners(List<TurnEndpoint> endpoints) {
        return endpoints.stream().map(RelayState::listener).toList();
    }

    private static Map<String, String> listener(TurnEndpoint endpoint) {
        Map<String, String> json = new LinkedHashMap<>();
        json.put("transport", endpoint.transport().name().toLowerCase(Locale.ROOT));
        json.put("address", text(endpoint.bound()));
        if (!endpoint.announced().equals(endpoint.bound())) {
            json.put("publicAddress", text(endpoint.announced()));
        }
        return json;
    }

    static Map<String, @Nullable Object> counters(TurnCounters counters, RelayPolicy policy) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("allocations", counters.allocations());
        json.put("allocated", counters.allocated());
        json.put("freed", counters.freed());
        json.put("packetsToPeers", counters.packetsToPeers());
        json.put("packetsToClients", counters.packetsToClients());
        json.put("packetsRefused", counters.packetsRefused());
        json.put("received", counters.stunReceived());
        json.put("bindings", counters.bindings());
        json.put("challenges", counters.challenges());
        json.put("errors", counters.errors());
        json.put("errorCodes", counters.errorCodes());
        json.put("unauthenticated", denials(policy));
        json.put("overQuota", counters.overQuota());
        json.put("peersRefused", policy.peersRefused());
        json.put("malformed", counters.stunMalformed());
        json.put("limited", counters.stunLimited());
        json.put("datagramsReceived", counters.datagramsReceived());
        json.put("datagramsSent", counters.datagramsSent());
        json.put("datagramsDropped", counters.datagramsDropped());
        json.put("systemMessages", counters.systemMessages());
        return json;
    }

    private static Map<String, Long> denials(RelayPolicy policy) {
        Map<String, Long> json = new LinkedHashMap<>();
        json.put("wrongPassword", policy.denials(Denial.WRONG_PASSWORD));
        json.put("expired", policy.denials(Denial.EXPIRED));
        json.put("callOver", policy.denials(Denial.CALL_OVER));
        json.put("unknownUser", policy.denials(Denial.UNKNOWN_USER));
        return json;
    }

    static String text(InetSocketAddress address) {
        return TransportAddress.of(address).toString();
    }

    private static List<String> texts(List<?> networks) {
        return networks.stream().map(Objects::toString).toList();
    }
}
