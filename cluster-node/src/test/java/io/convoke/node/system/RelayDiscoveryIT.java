package io.convoke.node.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.node.peers.TurnutilsClient;
import io.convoke.node.peers.TurnutilsDiscovery;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A relay with two addresses tells a client what kind of NAT is between them (RFC 5780). Here there is none. */
class RelayDiscoveryIT {
    @TempDir
    private Path folder;

    @Test
    void shouldAnswerFromItsOtherAddressAndPort() {
        TurnutilsClient.require();
        try (RelayNode node = RelayNode.start(
                "relay-discovery",
                folder,
                "convoke.relay { addresses = [\"127.0.0.1\", \"127.0.0.2\"], alternate-port = 0 }",
                Map.of())) {
            String port = Integer.toString(node.port());

            // when
            List<String> said = TurnutilsDiscovery.run(folder, "-m", "-f", "-p", port, RelayNode.LOCALHOST);
            List<String> padded = TurnutilsDiscovery.run(folder, "-m", "-f", "-P", "-p", port, RelayNode.LOCALHOST);

            // then
            for (List<String> each : List.of(said, padded)) {
                assertThat(each)
                        .contains("NAT with Endpoint Independent Mapping!", "NAT with Endpoint Independent Filtering!")
                        .anyMatch(line -> line.contains("Response origin: : 127.0.0.1:" + port))
                        .anyMatch(line -> line.matches(".*Other addr: : 127\\.0\\.0\\.2:(?!" + port + "$)\\d+"))
                        .anyMatch(line -> line.matches(".*Response origin: : 127\\.0\\.0\\.2:(?!" + port + "$)\\d+"));
            }
        }
    }
}
