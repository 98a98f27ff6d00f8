package io.convoke.node.system;

import static io.convoke.node.system.Eventually.eventually;
import static io.convoke.node.turn.TurnClient.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.node.turn.EchoPeer;
import io.convoke.node.turn.TurnClient;
import io.convoke.node.turn.TurnLogin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A relay that is asked for more than it may give: who asks too much gets no more, the others what they are due. */
class RelayQuotaIT {
    private static final int OF_ONE_USER = 20;
    private static final int PORTS = 40;
    private static final int STORM = 120;
    private static final TurnLogin BOB = new TurnLogin("bob", "the-password-of-bob");
    private static final TurnLogin EVE = new TurnLogin("eve", "the-password-of-eve");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private static Path folder;

    private static RelayNode node;
    private final List<TurnClient> clients = new ArrayList<>();

    @BeforeAll
    static void start() {
        node = RelayNode.start(
                "relay-quota",
                folder,
                """
                convoke.relay {
                  addresses = ["127.0.0.1"]
                  relay-ports = "50000-%d"
                  quotas.allocations-per-user = %d
                  max-requests-per-second = 10000
                  users = [ { name = "%s", password = "%s" }, { name = "%s", password = "%s" } ]
                }
                """.formatted(50_000 + PORTS - 1, OF_ONE_USER, BOB.name(), BOB.password(), EVE.name(), EVE.password()),
                Map.of("TURN_PEERS", "any", "TURN_ALLOW_PEERS", "127.0.0.0/8"));
    }

    @AfterEach
    void freeAll() {
        clients.forEach(client -> {
            client.refresh(0);
            client.close();
        });
        eventually(PATIENCE, () -> node.allocationCount(), total -> total == 0);
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
        }
    }

    @Test
    void shouldGiveOneUserNoMoreThanItsShareInAStorm() throws Exception {
        // given: somebody else is talking
        try (EchoPeer peer = new EchoPeer(RelayNode.loopback(0, 0, 1))) {
            TurnClient bob = client(BOB);
            assertThat(codeOf(bob.allocate())).isZero();
            assertThat(codeOf(bob.bind(0x4000, peer.address()))).isZero();

            // when
            ExecutorService crowd = Executors.newFixedThreadPool(8);
            List<Future<Integer>> codes = new ArrayList<>();
            for (int i = 0; i < STORM; i++) {
                TurnClient ann = client(RelayNode.ANN);
                codes.add(crowd.submit(() -> codeOf(ann.allocate())));
            }
            for (int i = 0; i < 50; i++) {
                bob.sendTo(0x4000, new byte[] {(byte) i});
                assertThat(bob.data(Duration.ofSeconds(5))).containsExactly(i);
            }
            crowd.shutdown();
            assertThat(crowd.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

            // then
            Map<Integer, Long> counted = new java.util.TreeMap<>();
            for (Future<Integer> code : codes) {
                counted.merge(code.get(), 1L, Long::sum);
            }
            assertThat(counted)
                    .containsExactlyInAnyOrderEntriesOf(Map.of(0, (long) OF_ONE_USER, 486, (long) STORM - OF_ONE_USER));
            assertThat(codeOf(client(BOB).allocate())).isZero();
        }
    }

    @Test
    void shouldGiveAnAllocationAgainWhereOneWasGivenBack() {
        List<TurnClient> held = java.util.stream.Stream.generate(() -> client(RelayNode.ANN))
                .limit(OF_ONE_USER)
                .toList();
        held.forEach(client -> assertThat(codeOf(client.allocate())).isZero());
        TurnClient another = client(RelayNode.ANN);
        assertThat(codeOf(another.allocate())).isEqualTo(486);
        held.get(0).refresh(0);
        assertThat(codeOf(another.allocate())).isZero();
    }

    @Test
    void shouldSayThatItHasNoPortLeft() {
        // given
        for (int i = 0; i < PORTS; i++) {
            assertThat(codeOf(client(i % 2 == 0 ? RelayNode.ANN : BOB).allocate()))
                    .as("allocation %d of %d", i, PORTS)
                    .isZero();
        }
        assertThat(clients.stream().map(client -> client.relayed().getPort()).collect(Collectors.toSet()))
                .hasSize(PORTS)
                .allMatch(port -> port >= 50_000 && port < 50_000 + PORTS);

        // when / then
        TurnClient eve = client(EVE);
        assertThat(codeOf(eve.allocate())).isEqualTo(508);
        clients.get(7).refresh(0);
        eventually(PATIENCE, () -> codeOf(eve.allocate()), code -> code == 0);
    }

    private TurnClient client(TurnLogin login) {
        TurnClient client = TurnClient.udp(node.address(), login);
        clients.add(client);
        return client;
    }
}
