package io.convoke.node;

import io.convoke.media.relay.TurnEndpoint;
import io.convoke.node.settings.NodeSettings;
import io.convoke.node.settings.RelaySection;
import io.convoke.protocols.turn.TransportAddress;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a person reads once a relay without a web bridge serves. */
final class RelayWords {
    private static final String STATE = "/state/relays";

    private RelayWords() {}

    static void print(
            PrintStream out,
            NodeSettings settings,
            String origin,
            List<TurnEndpoint> endpoints,
            Optional<String> newPassword) {
        RelaySection relay = settings.relay();
        List<String> lines = new ArrayList<>();
        lines.add("Convoke is ready: " + origin + STATE);
        endpointsByTransport(endpoints).forEach((transport, addresses) -> lines.add(line(transport, addresses)));
        lines.add(line("Realm", relay.access().realm()));
        lines.add(line("Users", users(relay.access())));
        lines.add(line("Peers", peers(settings)));
        if (!relay.peers().any() && !relay.peers().allow().isEmpty()) {
            lines.add(line("", "(the allowed networks count with peers = any only)"));
        }
        lines.add(line("State", origin + STATE));
        lines.add(line("Guide", "src/docs/relay.md"));
        lines.add(line("Data", settings.data().toString()));
        newPassword.ifPresent(password -> lines.add(line(
                "Administrator",
                "user admin, password " + password + "  (shown this once; CONVOKE_ADMIN_PASSWORD sets another)")));
        lines.add(line("Stop", "Ctrl-C"));
        out.println(String.join("\n", lines));
        out.flush();
    }

    /** Where an address has a second port, that is for behaviour discovery alone. */
    private static Map<String, String> endpointsByTransport(List<TurnEndpoint> endpoints) {
        Map<String, String> found = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (TurnEndpoint endpoint : endpoints) {
            boolean first =
                    seen.add(endpoint.transport() + " " + endpoint.bound().getAddress());
            String text = text(endpoint.bound())
                    + (endpoint.announced().equals(endpoint.bound()) ? "" : " as " + text(endpoint.announced()));
            found.merge(
                    first ? "TURN over " + endpoint.transport() : "NAT discovery",
                    text,
                    (before, next) -> before + ", " + next);
        }
        return found;
    }

    private static String users(RelaySection.Access access) {
        int number = access.users().size();
        boolean secret = !access.sharedSecret().reveal().isEmpty();
        if (number == 0 && !secret) {
            return "none yet: set TURN_CREDENTIALS=user:password, or convoke.relay.shared-secret";
        }
        String named = number == 0 ? "" : number == 1 ? access.users().get(0).name() : number + " users";
        String timed = secret ? "time-limited credentials" : "";
        return named + (number > 0 && secret ? ", " : "") + timed;
    }

    private static String peers(NodeSettings settings) {
        RelaySection.Peers peers = settings.relay().peers();
        if (peers.any()) {
            return "any public address"
                    + (peers.allow().isEmpty() ? "" : ", and " + String.join(", ", peers.allow()))
                    + (peers.deny().isEmpty() ? "" : "; never " + String.join(", ", peers.deny()));
        }
        return settings.c2w().listenPem().isConfigured()
                ? "media of the callbridges that connect to " + settings.c2w().listenHost() + ":"
                        + settings.c2w().listenPort() + ", none yet"
                : "each other only: no callbridge can connect (convoke.c2w.listen); TURN_PEERS=any lets clients reach whatever is public";
    }

    private static String text(InetSocketAddress address) {
        return TransportAddress.of(address).toString();
    }

    private static String line(String name, String value) {
        return String.format(Locale.ROOT, "  %-15s %s", name, value);
    }
}
