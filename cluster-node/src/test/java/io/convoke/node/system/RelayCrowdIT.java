package io.convoke.node.system;

import static io.convoke.node.system.Eventually.eventually;
import static io.convoke.node.turn.TurnClient.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.node.turn.EchoPeer;
import io.convoke.node.turn.TurnClient;
import io.convoke.protocols.stun.StunAttribute;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand allocations at once; and nothing that is left of them when they have expired. */
class RelayCrowdIT {
    private static final int CROWD = 10_000;
    private static final int SOURCES = 10;
    private static final int FIRST_PORT = 20_000;
    private static final int ASKED_AGAIN = 37;
    private static final Duration LIFETIME = Duration.ofSeconds(4);
    private static final long HELD_SECONDS = 300;
    /** The column of {@code /proc/net/udp}. */
    private static final int INODE = 9;

    private static final Pattern OPEN_FILES = Pattern.compile("Max open files\\s+\\d+\\s+(\\d+)");

    @TempDir
    private Path folder;

    @Test
    void shouldHoldTenThousandAllocationsAndLetThemExpire() throws Exception {
        try (RelayNode node = start();
                EchoPeer peer = new EchoPeer(RelayNode.loopback(0, 0, 1))) {
            requireFiles(node);
            int before = sockets(node);

            // when: each from an address and port of its own
            assertThat(codes(
                            node,
                            client -> codeOf(
                                    client.allocate(writer -> writer.number(StunAttribute.LIFETIME, HELD_SECONDS)))))
                    .containsOnly(0);

            // then
            assertThat(node.allocationCount()).isEqualTo(CROWD);
            assertThat(sockets(node)).isEqualTo(before + CROWD);
            for (int i = 0; i < CROWD; i += ASKED_AGAIN) {
                try (TurnClient client = client(node, i)) {
                    assertThat(codeOf(client.bind(0x4000, peer.address()))).isZero();
                    byte[] data = {(byte) (i >> 8), (byte) i};
                    client.sendTo(0x4000, data);
                    assertThat(client.data(Duration.ofSeconds(5))).isEqualTo(data);
                }
            }

            // when: none asks for more than the shortest lifetime
            assertThat(codes(node, client -> codeOf(client.refresh(1)))).containsOnly(0);

            // then
            eventually(LIFETIME.multipliedBy(10), () -> node.allocationCount(), total -> total == 0);
            eventually(Duration.ofSeconds(20), () -> sockets(node), now -> now == before);
            assertThat(node.allocationCount()).isZero();
            try (TurnClient client = client(node, 0)) {
                assertThat(codeOf(client.allocate())).isZero();
            }
        }
    }

    private RelayNode start() {
        return RelayNode.start(
                "relay-crowd",
                folder,
                """
                convoke.relay {
                  addresses = ["127.0.0.1"]
                  lifetime = %ds
                  max-requests-per-second = 1000000
                }
                """.formatted(LIFETIME.toSeconds()),
                Map.of("TURN_PEERS", "any", "TURN_ALLOW_PEERS", "127.0.0.0/8"));
    }

    /** What each client of the crowd got to hear; a few at a time. */
    private static List<Integer> codes(RelayNode node, ToIntFunction<TurnClient> question) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(SOURCES);
        try {
            List<Callable<List<Integer>>> tasks = new ArrayList<>();
            for (int source = 0; source < SOURCES; source++) {
                int first = source * (CROWD / SOURCES);
                tasks.add(() -> {
                    List<Integer> codes = new ArrayList<>();
                    for (int i = first; i < first + CROWD / SOURCES; i++) {
                        try (TurnClient client = client(node, i)) {
                            codes.add(question.applyAsInt(client));
                        }
                    }
                    return codes;
                });
            }
            List<Integer> all = new ArrayList<>();
            for (Future<List<Integer>> codes : threads.invokeAll(tasks)) {
                all.addAll(codes.get());
            }
            assertThat(all).hasSize(CROWD);
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    /** The same 5-tuple for the same number: the socket need not stay open meanwhile. */
    private static TurnClient client(RelayNode node, int number) {
        int perSource = CROWD / SOURCES;
        return TurnClient.udp(
                new InetSocketAddress(
                        RelayNode.loopback(0, 1, 1 + number / perSource), FIRST_PORT + number % perSource),
                node.address(),
                RelayNode.ANN);
    }

    /** The relay process's open sockets of UDP. */
    private static int sockets(RelayNode node) throws Exception {
        Set<String> udp = new HashSet<>();
        for (String table : List.of("udp", "udp6")) {
            for (String line : Files.readAllLines(process(node).resolve("net").resolve(table))) {
                udp.add("socket:[" + line.trim().split("\\s+")[INODE] + "]");
            }
        }
        int sockets = 0;
        try (var files = Files.newDirectoryStream(process(node).resolve("fd"))) {
            for (Path file : files) {
                try {
                    sockets += udp.contains(Files.readSymbolicLink(file).toString()) ? 1 : 0;
                } catch (NoSuchFileException closed) {
                    // Between the two looks.
                }
            }
        }
        return sockets;
    }

    /** Each allocation is an open file of the relay's; what an operator lets a process open is not for a test to raise. */
    private static void requireFiles(RelayNode node) throws Exception {
        Matcher limit = OPEN_FILES.matcher(Files.readString(process(node).resolve("limits")));
        Assumptions.assumeTrue(
                limit.find() && Long.parseLong(limit.group(1)) > CROWD + 1000L,
                "This test needs a limit of more than 11,000 open files (ulimit -Hn)");
    }

    private static Path process(RelayNode node) {
        return Path.of("/proc", Long.toString(node.process().pid()));
    }
}
