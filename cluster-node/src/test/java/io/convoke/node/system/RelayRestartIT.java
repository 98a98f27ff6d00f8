package io.convoke.node.system;

import static io.convoke.node.turn.TurnClient.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.node.turn.EchoPeer;
import io.convoke.node.turn.TurnClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A relay that goes away and comes back; its clients do too. */
class RelayRestartIT {
    private static final int CHANNEL = 0x4000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    @Test
    void shouldTakeItsClientsBackAfterACrashAndAfterAStop() throws Exception {
        Map<String, String> environment = Map.of(
                "TURN_PORT",
                Integer.toString(Configuration.freePort()),
                "TURN_TLS_PORT",
                Integer.toString(Configuration.freePort()),
                "TURN_PEERS",
                "any",
                "TURN_ALLOW_PEERS",
                "127.0.0.0/8");
        RelayNode first = RelayNode.start("relay-first", folder, environment);
        try (EchoPeer peer = new EchoPeer(RelayNode.loopback(0, 0, 1));
                TurnClient udp = TurnClient.udp(first.address(), RelayNode.ANN);
                TurnClient tcp = TurnClient.tcp(first.address(), RelayNode.ANN)) {
            begin(udp, peer);
            begin(tcp, peer);

            // when: killed, and started again
            first.process().kill();
            try (RelayNode second = RelayNode.start("relay-second", folder, environment)) {
                // then: the old allocation is gone, as the relay says, and a new one is there for the asking
                assertThat(codeOf(udp.refresh(600))).isEqualTo(437);
                begin(udp, peer);
                try (TurnClient again = TurnClient.tcp(second.address(), RelayNode.ANN)) {
                    begin(again, peer);

                    // when: stopped, and started again
                    assertThat(second.process().interrupt()).isIn(0, 130);
                    assertThat(again.data(PATIENCE)).as("end of the connection").isNull();
                }
            }
            try (RelayNode third = RelayNode.start("relay-third", folder, environment)) {
                assertThat(codeOf(udp.refresh(600))).isEqualTo(437);
                begin(udp, peer);
                assertThat(third.allocationCount()).isEqualTo(1);
            }
        } finally {
            first.close();
        }
    }

    private static void begin(TurnClient client, EchoPeer peer) {
        assertThat(codeOf(client.allocate())).isZero();
        assertThat(codeOf(client.bind(CHANNEL, peer.address()))).isZero();
        client.sendTo(CHANNEL, new byte[] {7});
        assertThat(client.data(PATIENCE)).containsExactly(7);
    }
}
