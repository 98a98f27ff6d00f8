package io.convoke.node.peers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** coturn's {@code turnutils_natdiscovery}: finds out with a STUN server that has two addresses (RFC 5780) what kind of NAT it is behind. */
public final class TurnutilsDiscovery {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private TurnutilsDiscovery() {}

    /** What it says. */
    public static List<String> run(Path folder, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Programs.require("turnutils_natdiscovery", "coturn").toString());
        command.addAll(List.of(arguments));
        try (PeerProcess process = PeerProcess.start("turnutils_natdiscovery", folder, Map.of(), command)) {
            process.exit(PATIENCE);
            return process.awaitOutput();
        }
    }
}
