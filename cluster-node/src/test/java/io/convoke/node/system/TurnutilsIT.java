package io.convoke.node.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.node.peers.AioiceClient;
import io.convoke.node.peers.TurnutilsClient;
import io.convoke.node.peers.TurnutilsPeer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * coturn's own client, and aioice, at a relay that was started with {@code ./convoke run --config conf/turn.conf}. The first spends most of its time waiting, so all ways of
 * calling it run at once, and each test waits for its own.
 */
class TurnutilsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int PEER_PORT = 34_800;
    private static final int MESSAGES = 25;
    private static final String SECRET = "a secret between friends";
    private static final String IPV4 = "127.0.0.1";
    private static final String IPV6 = "::1";

    /** What the flags do: src/docs/turn-interop.md. */
    private enum Way {
        UDP(2, IPV4, IPV4),
        TCP(2, IPV4, IPV4, "-t"),
        TLS(2, IPV4, IPV4, "-t", "-S"),
        DTLS(2, IPV4, IPV4, "-S"),
        SEND_INDICATIONS(2, IPV4, IPV4, "-s"),
        SEND_INDICATIONS_OVER_TLS(2, IPV4, IPV4, "-s", "-t", "-S"),
        LARGE_MESSAGES(2, IPV4, IPV4, "-l", "1200"),
        LARGE_MESSAGES_OVER_TLS(2, IPV4, IPV4, "-l", "1200", "-t", "-S"),
        IPV4_ASKED_FOR(2, IPV4, IPV4, "-X"),
        IPV6_RELAY_OVER_IPV4(2, IPV6, IPV4, "-x"),
        IPV6_RELAY_OVER_IPV6(2, IPV6, IPV6, "-x"),
        IPV6_RELAY_OVER_TLS(2, IPV6, IPV6, "-x", "-t", "-S"),
        IPV4_RELAY_OVER_IPV6(2, IPV4, IPV6, "-X"),
        CLIENT_TO_CLIENT(4, null, IPV4, "-y"),
        CLIENT_TO_CLIENT_OVER_TCP(4, null, IPV4, "-y", "-t"),
        CLIENT_TO_CLIENT_OVER_DTLS(4, null, IPV4, "-y", "-S"),
        TCP_RELAY(2, null, IPV4, "-T"),
        TCP_RELAY_OVER_TLS(2, null, IPV4, "-T", "-S"),
        MOBILITY(2, IPV4, IPV4, "-M"),
        MOBILITY_OVER_TCP(2, IPV4, IPV4, "-M", "-t"),
        BOTH_FAMILIES(2, null, IPV4, "-Z", "-y"),
        DONT_FRAGMENT(2, IPV4, IPV4, "-g"),
        PADDED_CHANNEL_DATA(2, IPV4, IPV4, "-D"),
        MORE_PERMISSIONS_AND_CHANNELS(2, IPV4, IPV4, "-G"),
        CLIENTS_THAT_VANISH(2, IPV4, IPV4, "-B"),
        TWENTY_CLIENTS(20, IPV4, IPV4),
        TWENTY_CLIENTS_OVER_TLS(20, IPV4, IPV4, "-t", "-S");

        private final int clients;
        private final @Nullable String peer;
        private final String relay;
        private final List<String> flags;

        Way(int clients, @Nullable String peer, String relay, String... flags) {
            this.clients = clients;
            this.peer = peer;
            this.relay = relay;
            this.flags = List.of(flags);
        }

        private List<String> arguments(RelayNode node) {
            List<String> arguments = new ArrayList<>(flags);
            if (peer != null) {
                arguments.addAll(List.of("-e", peer, "-r", Integer.toString(PEER_PORT)));
            }
            if (clients > 4) {
                arguments.addAll(List.of("-m", Integer.toString(clients)));
            }
            int port = flags.contains("-S") ? node.tlsPort() : node.port();
            arguments.addAll(List.of("-n", Integer.toString(MESSAGES), "-p", Integer.toString(port)));
            return arguments;
        }
    }

    @TempDir
    private static Path folder;

    private static RelayNode node;
    private static final List<TurnutilsPeer> PEERS = new ArrayList<>();
    private static final Map<Way, TurnutilsClient> RUNS = new EnumMap<>(Way.class);

    @BeforeAll
    static void start() throws Exception {
        TurnutilsClient.require();
        node = RelayNode.start(
                "turnutils",
                folder,
                Map.of(
                        "TURN_PEERS",
                        "any",
                        "TURN_ALLOW_PEERS",
                        "127.0.0.0/8,::1/128",
                        "CONVOKE_RELAY_SHARED_SECRET",
                        SECRET));
        PEERS.add(TurnutilsPeer.start(folder, IPV4, PEER_PORT));
        PEERS.add(TurnutilsPeer.start(folder, IPV6, PEER_PORT));
        for (Way way : Way.values()) {
            List<String> arguments = way.arguments(node);
            arguments.addAll(List.of("-u", RelayNode.ANN.name(), "-w", RelayNode.ANN.password(), way.relay));
            RUNS.put(way, run(way.name(), arguments));
        }
    }

    @AfterAll
    static void stop() {
        RUNS.values().forEach(TurnutilsClient::close);
        PEERS.forEach(TurnutilsPeer::close);
        if (node != null) {
            node.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void shouldRelayEveryMessage(Way way) {
        TurnutilsClient.Outcome outcome = RUNS.get(way).await(PATIENCE);
        if (way == Way.TCP_RELAY_OVER_TLS) {
            // It takes each TLS record for one message; but a relayed stream has no messages, and what came together
            // goes together.
            assertThat(outcome.exit()).as("%s", outcome).isZero();
            assertThat(outcome.received()).as("%s", outcome).isGreaterThan(MESSAGES);
        } else {
            assertNothingLost(outcome, (long) way.clients * MESSAGES);
        }
    }

    @Test
    void shouldTakeTimeLimitedCredentials() throws Exception {
        // given: the name becomes <expiry>:guest, and the password the secret's HMAC-SHA1 of that
        List<String> arguments = Way.UDP.arguments(node);
        arguments.addAll(List.of("-u", "guest", "-W", SECRET, IPV4));

        // when / then
        try (TurnutilsClient client = run("time-limited", arguments)) {
            assertNothingLost(client.await(PATIENCE), 2L * MESSAGES);
        }
    }

    @Test
    void shouldRefuseAWrongPasswordAndAWrongSecret() throws Exception {
        List<String> password = Way.UDP.arguments(node);
        password.addAll(List.of("-u", RelayNode.ANN.name(), "-w", "wrong", IPV4));
        List<String> secret = Way.UDP.arguments(node);
        secret.addAll(List.of("-u", "guest", "-W", "wrong", IPV4));
        try (TurnutilsClient first = run("wrong-password", password);
                TurnutilsClient second = run("wrong-secret", secret)) {
            assertThat(first.await(PATIENCE).exit()).isNotZero();
            assertThat(second.await(PATIENCE).exit()).isNotZero();
        }
    }

    @Test
    void shouldRelayForAioiceToo() {
        assertThat(AioiceClient.run(
                        folder,
                        Map.of(
                                "server",
                                IPV4,
                                "port",
                                node.port(),
                                "tlsPort",
                                node.tlsPort(),
                                "user",
                                RelayNode.ANN.name(),
                                "password",
                                RelayNode.ANN.password(),
                                "peer",
                                IPV4,
                                "peerPort",
                                PEER_PORT)))
                .containsExactly("udp ok", "tcp ok", "tls ok");
    }

    private static TurnutilsClient run(String name, List<String> arguments) throws Exception {
        return TurnutilsClient.start(Files.createDirectories(folder.resolve(name)), arguments);
    }

    private static void assertNothingLost(TurnutilsClient.Outcome outcome, long messages) {
        assertThat(outcome.exit()).as("%s", outcome).isZero();
        assertThat(outcome.sent()).as("%s", outcome).isEqualTo(messages);
        assertThat(outcome.received()).as("%s", outcome).isEqualTo(messages);
        assertThat(outcome.lost()).as("%s", outcome).isZero();
        assertThat(outcome.dropped()).as("%s", outcome).isZero();
    }
}
