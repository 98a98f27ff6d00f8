package io.convoke.node.system;

import static io.convoke.node.system.Eventually.eventually;
import static io.convoke.node.system.Eventually.holdsFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.http.tls.PemPaths;
import io.convoke.node.browser.Browsers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call whose media goes through the edge's relay outlasts a break of the C2W link between core and edge. */
class RelayedLinkLossIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Shorter than the relay keeps what stands, and than a call leg waits for its client. */
    private static final Duration BREAK = Duration.ofSeconds(3);

    @TempDir
    private Path folder;

    private final int c2wPort = Configuration.freePort();

    @Test
    void shouldGoOnThroughTheSameAllocationsWhenTheLinkBreaks() throws Exception {
        Browsers.CHROMIUM.require();
        PemPaths core = C2wCertificate.good(folder, "core");
        PemPaths edge = C2wCertificate.good(folder, "edge");
        try (Wire wire = new Wire(c2wPort);
                NodeProcess coreNode = core(wire.port(), core, edge);
                NodeProcess edgeNode = edge(edge, core)) {
            Api coreApi = new Api(coreNode.awaitReady());
            String origin = edgeNode.awaitReady();
            Api edgeApi = new Api(origin);
            awaitLink(coreApi);
            String meeting = origin.replace("127.0.0.1", "localhost") + "/meeting/9999?ice=relay-udp";
            try (MeetingPage ada = MeetingPage.join(Browsers.CHROMIUM, meeting, "Ada");
                    MeetingPage bob = MeetingPage.join(Browsers.CHROMIUM, meeting, "Bob")) {
                ada.awaitMediaOf(1);
                bob.awaitMediaOf(1);
                Map<String, Long> before = eventually(PATIENCE, () -> carried(edgeApi), it -> it.size() == 2);

                // when
                wire.cut();
                ada.awaitState("reconnecting");
                bob.awaitState("reconnecting");
                holdsFor(BREAK, () -> carried(edgeApi).keySet(), now -> now.equals(before.keySet()));
                assertThat(relay(edgeApi).path("callbridgeMedia")).isEmpty();
                assertThat(relay(edgeApi).path("lostCallbridgeMedia")).isNotEmpty();
                Map<String, Long> during = carried(edgeApi);
                eventually(PATIENCE, () -> carried(edgeApi), now -> eachCarriedMore(during, now));
                wire.mend();

                // then
                ada.awaitState("connected");
                bob.awaitState("connected");
                ada.awaitMediaOf(1);
                bob.awaitMediaOf(1);
                awaitLink(coreApi);
                Map<String, Long> after = carried(edgeApi);
                assertThat(after).containsOnlyKeys(before.keySet());
                eventually(PATIENCE, () -> carried(edgeApi), now -> eachCarriedMore(after, now));
            }
        }
    }

    /** Bytes that came from peers, by allocation, of those that carry media. */
    private static Map<String, Long> carried(Api edge) throws Exception {
        Map<String, Long> bytes = new TreeMap<>();
        edge.state("/state/relays/" + id(edge) + "/allocations")
                .path("allocations")
                .forEach(allocation -> {
                    if (allocation.path("bytesToClient").asLong() > 10_000) {
                        bytes.put(
                                allocation.path("id").asText(),
                                allocation.path("bytesToClient").asLong());
                    }
                });
        return bytes;
    }

    private static boolean eachCarriedMore(Map<String, Long> before, Map<String, Long> now) {
        return before.size() == 2 && before.entrySet().stream().allMatch(it -> now.get(it.getKey()) > it.getValue());
    }

    private static JsonNode relay(Api edge) throws Exception {
        return edge.state("/state/relays/" + id(edge));
    }

    private static String id(Api edge) throws Exception {
        return edge.state("/state/relays").path("relays").path(0).path("id").asText();
    }

    private static void awaitLink(Api core) throws Exception {
        eventually(
                PATIENCE,
                () -> core.state("/state/c2w-links")
                        .path("c2w-links")
                        .path(0)
                        .path("state")
                        .asText(),
                "up"::equals);
    }

    private NodeProcess core(int edgePort, PemPaths own, PemPaths trusted) {
        Path file = Configuration.write(folder, "core", "core.conf", """
                convoke { http.port = 0, session.reconnect-within = 20s }
                convoke.c2w { retry-max = 1s, webbridges = ["c2w://127.0.0.1:%d"], certificate = "%s", key = "%s", trust = "%s" }
                """.formatted(
                        edgePort, own.certificate(), own.key(), trusted.certificate()));
        return start("link-loss-core", file);
    }

    private NodeProcess edge(PemPaths own, PemPaths trusted) {
        Path file = Configuration.write(folder, "edge", "edge.conf", """
                convoke { node.roles = [webbridge3, turn, api], http.port = 0, relay.port = %d }
                convoke.c2w.listen { port = %d, certificate = "%s", key = "%s", trust = "%s" }
                """.formatted(
                        Configuration.freePort(), c2wPort, own.certificate(), own.key(), trusted.certificate()));
        return start("link-loss-edge", file);
    }

    private NodeProcess start(String name, Path file) {
        return NodeProcess.start(
                name,
                "--config",
                file.toString(),
                "--data",
                folder.resolve(name).toString());
    }
}
