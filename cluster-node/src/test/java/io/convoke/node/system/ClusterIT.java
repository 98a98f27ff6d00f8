package io.convoke.node.system;

import static io.convoke.node.system.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.node.browser.Browsers;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes on one machine, as {@code conf/cluster-1.conf} to {@code -3} describe them, but with ports and folders of their own. */
class ClusterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final List<NodeProcess> nodes = new ArrayList<>();
    private final List<String> origins = new ArrayList<>();

    @AfterEach
    void stop() {
        nodes.forEach(NodeProcess::close);
    }

    @Test
    void shouldJoinThroughAnyNodeOfAClusterOnPostgresqlAndSurviveAKilledOne() throws Exception {
        Browsers.CHROMIUM.require();
        try (EmbeddedPostgres database = EmbeddedPostgres.start()) {
            // given: the database is named as an operator names it
            startThree(Map.of(
                    "CONVOKE_DATABASE_URL", "jdbc:postgresql://localhost:" + database.getPort() + "/postgres",
                    "CONVOKE_DATABASE_USER", "postgres",
                    "CONVOKE_DATABASE_PASSWORD", "postgres"));

            // when / then
            joinEverywhereAndKillTheHost();
            assertThat(events(database)).isPositive();
        }
    }

    @Test
    void shouldShareAnH2FileOnOneMachine() throws Exception {
        // given
        startThree(Map.of(
                "CONVOKE_DATABASE_URL", "jdbc:h2:file:" + folder.resolve("cluster/convoke") + ";AUTO_SERVER=TRUE"));

        // when
        try (ClientSession one = ClientSession.join(origins.get(0), "One", "9999");
                ClientSession two = ClientSession.join(origins.get(1), "Two", "9999");
                ClientSession three = ClientSession.join(origins.get(2), "Three", "9999")) {
            // then
            assertThat(List.of(one, two, three)).allMatch(ClientSession::isOpen);
            assertSameEverywhere("conferences");
            assertThat(ids(0, "conferences")).hasSize(1);
            eventually(PATIENCE, () -> names(2), names -> names.equals(List.of("One", "Three", "Two")));
        }
    }

    private void joinEverywhereAndKillTheHost() throws Exception {
        try (MeetingPage ada = MeetingPage.join(Browsers.CHROMIUM, origins.get(0) + "/meeting/9999", "Ada");
                MeetingPage bob = MeetingPage.join(Browsers.CHROMIUM, origins.get(1) + "/meeting/9999", "Bob")) {
            // then
            ada.awaitMediaOf(1);
            bob.awaitMediaOf(1);
            ada.screenshot("cluster-node-1");
            bob.screenshot("cluster-node-2");
            for (String kind : List.of("conferences", "call-legs", "guests", "callbridges", "spaces")) {
                assertSameEverywhere(kind);
            }
            assertThat(names(0)).containsExactly("Ada", "Bob");

            // when
            hosting(callbridgeOf("Ada")).kill();

            // then: the others take the meeting over, with whoever comes (again)
            List<Integer> alive = alive();
            eventually(PATIENCE, () -> members(alive.get(0)), members -> members == 2);
            try (ClientSession first = eventually(
                            PATIENCE,
                            () -> ClientSession.join(origins.get(alive.get(0)), "First", "9999"),
                            joined -> true);
                    MeetingPage eve =
                            MeetingPage.join(Browsers.CHROMIUM, origins.get(alive.get(0)) + "/meeting/9999", "Eve");
                    MeetingPage dan =
                            MeetingPage.join(Browsers.CHROMIUM, origins.get(alive.get(1)) + "/meeting/9999", "Dan")) {
                eve.awaitMediaOf(1);
                dan.awaitMediaOf(1);
                first.send("{\"type\":\"leave\"}");
                first.await("ended");
                eventually(
                        PATIENCE,
                        () -> names(alive.get(1)),
                        names -> names.containsAll(List.of("Dan", "Eve"))
                                && !names.contains("Ada")
                                && !names.contains("First"));
                dan.screenshot("cluster-after-kill");
            }
        }
    }

    /** The callbridge that hosts the media of that participant. */
    private String callbridgeOf(String name) throws Exception {
        for (JsonNode leg : api(1).state("/state/call-legs").path("call-legs")) {
            if (leg.path("name").asText().equals(name)) {
                return leg.path("callbridge").asText();
            }
        }
        throw new AssertionError("No call leg of " + name);
    }

    /** The node that this callbridge runs on. */
    private NodeProcess hosting(String callbridge) throws Exception {
        JsonNode state = api(0).state("/state/callbridges/" + callbridge);
        return nodes.get(Integer.parseInt(state.path("node").asText().replace("node-", "")) - 1);
    }

    private List<Integer> alive() {
        return java.util.stream.IntStream.range(0, nodes.size())
                .filter(i -> nodes.get(i).isAlive())
                .boxed()
                .toList();
    }

    private void startThree(Map<String, String> environment) throws Exception {
        List<Integer> ports = List.of(Configuration.freePort(), Configuration.freePort(), Configuration.freePort());
        for (int i = 0; i < 3; i++) {
            Path file = Configuration.write(folder, "cluster-" + (i + 1), "cluster-" + (i + 1) + ".conf", """
                    convoke {
                      relay.port = 0
                      cluster { port = %d, seed-nodes = ["127.0.0.1:%d", "127.0.0.1:%d", "127.0.0.1:%d"] }
                    }
                    """.formatted(
                            ports.get(i), ports.get(0), ports.get(1), ports.get(2)));
            nodes.add(NodeProcess.start(
                    "cluster-" + (i + 1),
                    environment,
                    "--config",
                    file.toString(),
                    "--http",
                    "0",
                    "--data",
                    folder.resolve("node-" + (i + 1)).toString()));
        }
        for (NodeProcess node : nodes) {
            origins.add(node.awaitReady());
        }
        eventually(PATIENCE, () -> members(2), members -> members == 3);
    }

    /** Rows in the conferences' journal. */
    private static int events(EmbeddedPostgres database) throws SQLException {
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM event_journal")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private int members(int node) throws Exception {
        int up = 0;
        for (JsonNode member : api(node).state("/state/cluster").path("members")) {
            up += member.path("status").asText().equals("Up") ? 1 : 0;
        }
        return up;
    }

    private void assertSameEverywhere(String kind) {
        eventually(
                PATIENCE,
                () -> List.of(ids(0, kind), ids(1, kind), ids(2, kind)),
                found -> !found.get(0).isEmpty()
                        && found.get(1).equals(found.get(0))
                        && found.get(2).equals(found.get(0)));
    }

    private TreeSet<String> ids(int node, String kind) throws Exception {
        TreeSet<String> ids = new TreeSet<>();
        api(node)
                .state("/state/" + kind)
                .path(kind)
                .forEach(each -> ids.add(each.path("id").asText()));
        return ids;
    }

    private List<String> names(int node) throws Exception {
        List<String> names = new ArrayList<>();
        api(node)
                .state("/state/call-legs")
                .path("call-legs")
                .forEach(leg -> names.add(leg.path("name").asText()));
        return names.stream().sorted().toList();
    }

    private Api api(int node) {
        return new Api(origins.get(node));
    }
}
