package io.convoke.node.system;

import static io.convoke.node.system.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.http.tls.PemPaths;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Core and edge as two trust zones: one core process dials several edges, some of which it must not reach. */
class CoreEdgeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final int corePort = Configuration.freePort();
    private final List<Integer> c2wPorts =
            Stream.generate(Configuration::freePort).limit(5).toList();

    @Test
    void shouldJoinThroughATrustedEdgeAndNameTheReasonOnBothSidesOtherwise() throws Exception {
        // given
        PemPaths core = C2wCertificate.good(folder, "core");
        PemPaths stranger = C2wCertificate.good(folder, "stranger");
        PemPaths good = C2wCertificate.good(folder, "good");
        PemPaths expired = C2wCertificate.expired(folder, "expired");
        PemPaths unknown = C2wCertificate.good(folder, "unknown");
        Path trust = Files.writeString(
                folder.resolve("trust.crt"),
                Files.readString(good.certificate()) + Files.readString(expired.certificate()));

        try (NodeProcess coreNode = core(core, trust);
                NodeProcess goodEdge = edge("edge-good", 0, good, core);
                NodeProcess expiredEdge = edge("edge-expired", 1, expired, core);
                NodeProcess untrustedEdge = edge("edge-untrusted", 2, unknown, core);
                NodeProcess distrustingEdge = edge("edge-distrusting", 3, good, stranger)) {
            Api coreApi = new Api(coreNode.awaitReady());
            String goodOrigin = goodEdge.awaitReady();

            // when / then
            shouldJoinThrough(goodOrigin, coreApi);
            assertDown(coreApi, 1, expiredEdge, "CERTIFICATE_EXPIRED", "expired");
            assertDown(coreApi, 2, untrustedEdge, "UNTRUSTED", "trust");
            assertDown(coreApi, 3, distrustingEdge, "CLIENT_CERTIFICATE_REFUSED", "trust bundle");
            assertThat(link(coreApi, 4).toString()).contains("CONNECT_REFUSED");

            // the edge opens nothing towards the core, and dies without taking it along
            goodEdge.kill();
            eventually(
                    PATIENCE,
                    () -> link(coreApi, 0),
                    link -> !link.path("state").asText().equals("up"));
            eventually(
                    PATIENCE,
                    () -> coreApi.state("/state/call-legs"),
                    legs -> legs.path("total").asInt(-1) == 0);
        }
    }

    private void shouldJoinThrough(String edge, Api coreApi) throws Exception {
        eventually(
                PATIENCE,
                () -> link(coreApi, 0),
                link -> link.path("state").asText().equals("up"));
        eventually(PATIENCE, () -> new Api(edge).join("Probe", "4711").status(), status -> status == 404);
        Api.Answer joined = new Api(edge).join("Thomas", "9999");
        assertThat(joined.status()).as("%s", joined).isEqualTo(200);
        String participant = joined.body().path("participant").asText();
        ClientSession session =
                ClientSession.connect(edge, joined.body().path("webSocket").asText());
        session.authenticate(joined.body().path("token").asText());
        session.await("welcome");

        List<String> origins = eventually(
                PATIENCE,
                () -> {
                    List<String> found = new ArrayList<>();
                    coreApi.state("/state/trace?participant=" + participant)
                            .path("events")
                            .forEach(event -> found.add(event.path("origin").asText()));
                    return found;
                },
                found -> found.contains("edge"));
        assertThat(origins).contains("core", "edge");
        // the edge's relay is shown at the core
        eventually(
                PATIENCE,
                () -> coreApi.state("/state/relays"),
                relays -> relays.path("total").asInt() > 0);
    }

    private void assertDown(Api coreApi, int number, NodeProcess edge, String reason, String words) throws Exception {
        eventually(PATIENCE, () -> link(coreApi, number).toString(), link -> link.contains(reason));
        String origin = edge.awaitReady();
        Api.Answer refused = eventually(
                PATIENCE,
                () -> new Api(origin).join("Thomas", "9999"),
                answer -> answer.body().path("detail").asText().contains(words));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body().path("code").asText()).isEqualTo("callbridgeUnavailable");
        edge.close();
    }

    /** The core's state of the link to that edge. */
    private JsonNode link(Api coreApi, int number) throws Exception {
        for (JsonNode link : coreApi.state("/state/c2w-links").path("c2w-links")) {
            if (link.path("url").asText().endsWith(":" + c2wPorts.get(number))) {
                return link;
            }
        }
        return Api.JSON.missingNode();
    }

    private NodeProcess core(PemPaths own, Path trust) {
        StringBuilder urls = new StringBuilder();
        c2wPorts.forEach(port -> urls.append("\"c2w://127.0.0.1:").append(port).append("\","));
        Path file = Configuration.write(
                folder, "core", "core.conf", """
                convoke.http.port = %d
                convoke.c2w { retry-max = 1s, webbridges = [%s], certificate = "%s", key = "%s", trust = "%s" }
                """.formatted(corePort, urls, own.certificate(), own.key(), trust));
        return NodeProcess.start(
                "core",
                "--config",
                file.toString(),
                "--data",
                folder.resolve("core").toString());
    }

    private NodeProcess edge(String name, int number, PemPaths own, PemPaths trusted) {
        Path file = Configuration.write(folder, name, "edge.conf", """
                convoke.relay.port = 0
                convoke.c2w.listen { port = %d, certificate = "%s", key = "%s", trust = "%s" }
                """.formatted(
                        c2wPorts.get(number), own.certificate(), own.key(), trusted.certificate()));
        return NodeProcess.start(
                name,
                "--config",
                file.toString(),
                "--http",
                "0",
                "--data",
                folder.resolve(name).toString());
    }
}
