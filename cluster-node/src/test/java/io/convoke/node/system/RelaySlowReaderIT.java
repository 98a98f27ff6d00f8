package io.convoke.node.system;

import static io.convoke.node.turn.TurnClient.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.node.turn.EchoPeer;
import io.convoke.node.turn.TurnClient;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client over TCP that does not read what is relayed to it. */
class RelaySlowReaderIT {
    private static final int HEAP_MEGABYTES = 96;
    /** Three times what the process could hold. */
    private static final int FLOOD_MEGABYTES = 3 * HEAP_MEGABYTES;

    private static final int PACKET = 1200;
    private static final int CHANNEL = 0x4000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    @TempDir
    private Path folder;

    @Test
    void shouldDropWhatAClientDoesNotReadAndServeTheOthers() throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of(
                "TURN_PEERS",
                "any",
                "TURN_ALLOW_PEERS",
                "127.0.0.0/8",
                "CONVOKE_JAVA_OPTS",
                "-Xmx" + HEAP_MEGABYTES + "m"));
        try (RelayNode node = RelayNode.start("relay-slow-reader", folder, environment);
                EchoPeer flooder = new EchoPeer(RelayNode.loopback(0, 0, 1));
                EchoPeer peer = new EchoPeer(RelayNode.loopback(0, 0, 1));
                Socket socket = new Socket()) {
            // given
            socket.setReceiveBufferSize(8192);
            socket.connect(node.address());
            TurnClient slow = TurnClient.over(socket, RelayNode.ANN);
            slow.allocate();
            assertThat(codeOf(slow.bind(CHANNEL, flooder.address()))).isZero();
            try (TurnClient tcp = TurnClient.tcp(node.address(), RelayNode.ANN);
                    TurnClient udp = TurnClient.udp(node.address(), RelayNode.ANN)) {
                for (TurnClient other : new TurnClient[] {tcp, udp}) {
                    other.allocate();
                    assertThat(codeOf(other.bind(CHANNEL, peer.address()))).isZero();
                }
                long before = residentMegabytes(node);

                // when
                byte[] packet = new byte[PACKET];
                int packets = FLOOD_MEGABYTES * 1_000_000 / PACKET;
                for (int i = 0; i < packets; i++) {
                    flooder.send(slow.relayed(), packet);
                    if (i % 2000 == 0) {
                        assertEchoes(tcp);
                        assertEchoes(udp);
                    }
                }

                // then
                assertThat(node.process().isAlive()).isTrue();
                assertThat(residentMegabytes(node) - before).isLessThan(2L * HEAP_MEGABYTES);
            }
            // It reads again, and is where it was.
            assertThat(slow.data(PATIENCE)).hasSize(PACKET);
            assertThat(codeOf(slow.refresh(600))).isZero();
        }
    }

    private static void assertEchoes(TurnClient client) {
        client.sendTo(CHANNEL, new byte[] {1, 2, 3});
        assertThat(client.data(PATIENCE)).containsExactly(1, 2, 3);
    }

    private static long residentMegabytes(RelayNode node) throws Exception {
        Matcher resident = RESIDENT.matcher(
                Files.readString(Path.of("/proc", Long.toString(node.process().pid()), "status")));
        assertThat(resident.find()).isTrue();
        return Long.parseLong(resident.group(1)) / 1024;
    }
}
