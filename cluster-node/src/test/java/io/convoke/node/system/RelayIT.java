package io.convoke.node.system;

import static io.convoke.node.system.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.http.tls.PemPaths;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The relay of nodes in processes of their own: alone, beside a web bridge, and seen from a core. */
class RelayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SECRET = "geheim-of-ann";
    private static final String TURN_CONF =
            NodeProcess.ROOT.resolve("conf/turn.conf").toString();

    @TempDir
    private Path folder;

    @Test
    void shouldServeAloneAndCloseAnAllocationOnTheWire() throws Exception {
        try (NodeProcess node =
                NodeProcess.start("turn-alone", alone(), "--config", TURN_CONF, "--data", data(), "--http", "0")) {
            String origin = node.awaitReady();
            try (RelayClient client = new RelayClient(server(origin), "ann", SECRET)) {
                // when
                assertThat(client.allocate()).isEqualTo(RelayClient.NO_ERROR);
                assertThat(client.permit("127.0.0.1")).isEqualTo(RelayClient.NO_ERROR);
                assertThat(client.permit("10.0.0.1")).isEqualTo(403);

                // then
                String allocations = "/state/relays/" + relay(origin) + "/allocations";
                JsonNode one =
                        new Api(origin).state(allocations).path("allocations").path(0);
                assertThat(one.path("user").asText()).isEqualTo("ann");
                assertThat(one.path("permissions").path(0).asText()).isEqualTo("127.0.0.1");

                // when
                String path = allocations + "/" + one.path("id").asText();
                assertThat(new Api(origin).state(path).path("transport").asText())
                        .isEqualTo("udp");
                assertThat(new Admin(origin).status("DELETE", path)).isEqualTo(204);

                // then
                assertThat(client.refresh()).isEqualTo(437);
                assertThat(new Api(origin).get(path).status()).isEqualTo(404);
                assertThat(new Admin(origin).status("DELETE", path)).isEqualTo(404);
            }
            node.interrupt();
            assertThat(node.awaitEnd().toString())
                    .contains("TURN over UDP", "Realm           example.org", "Users           ann")
                    .doesNotContain(SECRET);
        }
    }

    @Test
    void shouldGiveEachParticipantAccessToTheMediaUntilTheCallIsOver() throws Exception {
        Map<String, String> environment = Map.of("CONVOKE_RELAY_PORT", "0");
        try (NodeProcess node = NodeProcess.start("turn-meeting", environment, "--data", data(), "--http", "0")) {
            String origin = node.awaitReady();
            Api.Answer joined = new Api(origin).join("Thomas", "9999");
            JsonNode servers = joined.body().path("iceServers");
            String url = servers.path(0).path("urls").path(0).asText();
            assertThat(url).matches("turn:.*:[0-9]+\\?transport=udp");
            assertThat(joined.body().path("iceTransportPolicy").asText()).isEqualTo("all");
            String participant = joined.body().path("participant").asText();
            String username = servers.path(0).path("username").asText();
            assertThat(username).endsWith(":" + participant);
            String credential = servers.path(0).path("credential").asText();
            InetSocketAddress server = server(origin);

            try (ClientSession session = ClientSession.connect(origin, "/api/session");
                    RelayClient client = new RelayClient(server, username, credential)) {
                session.authenticate(joined.body().path("token").asText());
                session.await("welcome");
                assertThat(client.allocate()).isEqualTo(RelayClient.NO_ERROR);
                assertThat(client.permit("127.0.0.1")).isEqualTo(RelayClient.NO_ERROR);
                assertThat(client.permit("127.0.0.2")).isEqualTo(403);

                // when
                session.send("{\"type\":\"leave\"}");

                // then
                eventually(PATIENCE, () -> allocationsOf(origin, participant), total -> total == 0);
                assertThat(client.refresh()).isIn(401, 437);
            }
            try (RelayClient late = new RelayClient(server, username, credential)) {
                assertThat(late.allocate()).isEqualTo(401);
            }
            eventually(
                    PATIENCE,
                    () -> steps(origin, participant),
                    steps -> steps.containsAll(List.of("relayAllocated", "relayEnded")));
        }
    }

    @Test
    void shouldFollowTheCallbridgesThatConnectAndBeSeenAtTheCore() throws Exception {
        // given
        PemPaths core = C2wCertificate.good(folder, "core");
        PemPaths edge = C2wCertificate.good(folder, "edge");
        int c2wPort = Configuration.freePort();
        Path turn = Configuration.write(folder, "turn", "turn.conf", """
                convoke.c2w.listen { port = %d, certificate = "%s", key = "%s", trust = "%s" }
                convoke.c2w.state-interval = 200ms
                """.formatted(
                        c2wPort, edge.certificate(), edge.key(), core.certificate()));
        Path own = Configuration.write(
                folder, "own", "core.conf", """
                convoke.http.port = 0
                convoke.c2w { retry-max = 1s, webbridges = ["c2w://127.0.0.1:%d"], certificate = "%s", key = "%s", trust = "%s" }
                """.formatted(c2wPort, core.certificate(), core.key(), edge.certificate()));
        Map<String, String> environment = new HashMap<>(alone());
        environment.remove("TURN_PEERS");
        environment.remove("TURN_ALLOW_PEERS");
        try (NodeProcess relay = NodeProcess.start(
                "turn-edge", environment, "--config", turn.toString(), "--data", data(), "--http", "0")) {
            String origin = relay.awaitReady();
            try (RelayClient client = new RelayClient(server(origin), "ann", SECRET)) {
                assertThat(client.allocate()).isEqualTo(RelayClient.NO_ERROR);
                assertThat(client.bind(loopback(9))).isEqualTo(403);

                try (NodeProcess coreNode = NodeProcess.start(
                        "turn-core",
                        Admin.ENVIRONMENT,
                        "--config",
                        own.toString(),
                        "--data",
                        folder.resolve("core-data").toString())) {
                    String coreOrigin = coreNode.awaitReady();

                    // then: its media can be reached
                    InetSocketAddress media = eventually(PATIENCE, () -> media(origin), found -> found.getPort() > 0);
                    assertThat(client.bind(media)).isEqualTo(RelayClient.NO_ERROR);

                    // and the core shows and closes what the relay carries
                    String id = eventually(PATIENCE, () -> relay(coreOrigin), shown -> shown.contains("@"));
                    String allocations = "/state/relays/" + id + "/allocations";
                    JsonNode all = eventually(
                            PATIENCE,
                            () -> new Api(coreOrigin).get(allocations).body(),
                            body -> body.path("total").asInt() == 1);
                    String allocation =
                            all.path("allocations").path(0).path("id").asText();
                    assertThat(new Admin(coreOrigin).status("DELETE", allocations + "/" + allocation))
                            .isEqualTo(204);
                    assertThat(client.refresh()).isEqualTo(437);

                    // and drains it
                    assertThat(new Admin(coreOrigin).status("PUT", "/state/relays/" + id + "/drain"))
                            .isEqualTo(200);
                    assertThat(client.allocate()).isEqualTo(508);
                    assertThat(new Admin(coreOrigin).status("DELETE", "/state/relays/" + id + "/drain"))
                            .isEqualTo(200);
                    assertThat(client.allocate()).isEqualTo(RelayClient.NO_ERROR);
                    assertThat(client.bind(media)).isEqualTo(RelayClient.NO_ERROR);
                    coreNode.kill();

                    // then: with the callbridge, its media is gone
                    eventually(PATIENCE, () -> client.bind(media), error -> error == 403);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TURN_PEERS | all | convoke.relay.peers: expected callbridges or any, but found",
                "TURN_CREDENTIALS | ann | convoke.relay.credentials: expected user:password",
                "TURN_PORT | many | convoke.relay.port: expected a whole number from 0 to 65535",
                "TURN_ALLOW_PEERS | 10.0.0.0/99 | convoke.relay.allow-peers: expected a list of addresses and networks",
                "CONVOKE_RELAY_CERTIFICATE | a.pem | expected certificate and key together, or neither",
            })
    void shouldSayInOneLineWhatCannotBe(String variable, String value, String words) {
        try (NodeProcess node = NodeProcess.start(
                "turn-wrong", Map.of(variable, value), "--config", TURN_CONF, "--data", data(), "--http", "0")) {
            assertThat(node.awaitExit()).isNotZero();
            assertThat(node.awaitEnd()).singleElement().asString().contains(words);
        }
    }

    @Test
    void shouldSayWhichPortIsTaken() {
        try (NodeProcess first =
                NodeProcess.start("turn-first", alone(), "--config", TURN_CONF, "--data", data(), "--http", "0")) {
            String listening = first.awaitLine("TURN over UDP", NodeProcess.START);
            String port = listening.substring(listening.lastIndexOf(':') + 1);
            first.awaitReady();

            // when
            Map<String, String> same = new HashMap<>(alone());
            same.put("TURN_PORT", port);
            try (NodeProcess second = NodeProcess.start(
                    "turn-second",
                    same,
                    "--config",
                    TURN_CONF,
                    "--data",
                    folder.resolve("other").toString(),
                    "--http",
                    "0")) {
                // then
                assertThat(second.awaitExit()).isNotZero();
                assertThat(second.awaitEnd())
                        .filteredOn(line -> line.startsWith("convoke: "))
                        .singleElement()
                        .asString()
                        .contains("The relay cannot listen (see TURN_PORT")
                        .containsPattern("UDP \\S+:" + port + ": ");
            }
        }
    }

    private static Map<String, String> alone() {
        Map<String, String> environment = new HashMap<>(Admin.ENVIRONMENT);
        environment.put("TURN_CREDENTIALS", "ann:" + SECRET);
        environment.put("TURN_REALM", "example.org");
        environment.put("TURN_PORT", "0");
        environment.put("TURN_PEERS", "any");
        environment.put("TURN_ALLOW_PEERS", "127.0.0.0/8");
        return environment;
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private static String relay(String origin) throws Exception {
        return new Api(origin)
                .state("/state/relays")
                .path("relays")
                .path(0)
                .path("id")
                .asText();
    }

    /** Where it listens for UDP on loopback. */
    private static InetSocketAddress server(String origin) throws Exception {
        JsonNode listeners =
                new Api(origin).state("/state/relays").path("relays").path(0).path("listeners");
        for (JsonNode listener : listeners) {
            String address = listener.path("address").asText();
            if (listener.path("transport").asText().equals("udp") && address.startsWith("127.0.0.1:")) {
                return new InetSocketAddress(
                        InetAddress.getByName("127.0.0.1"),
                        Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
            }
        }
        throw new AssertionError("Expected a listener on loopback among " + listeners);
    }

    /** Where the connected callbridge takes media on loopback; port 0 while there is none. */
    private static InetSocketAddress media(String origin) throws Exception {
        JsonNode announced =
                new Api(origin).state("/state/relays").path("relays").path(0).path("callbridgeMedia");
        for (JsonNode address : announced) {
            if (address.asText().startsWith("127.0.0.1:")) {
                return loopback(Integer.parseInt(address.asText().substring("127.0.0.1:".length())));
            }
        }
        return loopback(0);
    }

    private static InetSocketAddress loopback(int port) throws Exception {
        return new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
    }

    private static int allocationsOf(String origin, String participant) throws Exception {
        return new Api(origin)
                .state("/state/relays/" + relay(origin) + "/allocations?participant=" + participant)
                .path("total")
                .asInt();
    }

    private static List<String> steps(String origin, String participant) throws Exception {
        List<String> steps = new ArrayList<>();
        new Api(origin)
                .state("/state/trace?participant=" + participant)
                .path("events")
                .forEach(event -> steps.add(event.path("step").asText()));
        return steps;
    }
}
