package io.convoke.node.system;

import static io.convoke.node.system.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.http.tls.PemPaths;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An edge and a core that somebody is still setting up: each step that lacks is named, and nothing needs a restart once it is there. */
class UnconfiguredC2wIT {
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    @TempDir
    private Path folder;

    private final int c2wPort = Configuration.freePort();

    @Test
    void shouldSayThatNoCallbridgeHasCalledUntilTheCoreCan() throws Exception {
        // given: the core's trust bundle is not there yet, and neither is the core
        PemPaths edgeOwn = C2wCertificate.good(folder, "webbridge");
        PemPaths coreOwn = C2wCertificate.good(folder, "callbridge");
        Path missing = folder.resolve("webbridges.crt");
        try (NodeProcess edge = edge("undialled-edge", edgeOwn, coreOwn.certificate())) {
            Api atEdge = new Api(edge.awaitReady());

            // then
            assertRefused(atEdge, "none has called in yet");

            // when
            try (NodeProcess core = core("undialled-core", coreOwn, missing)) {
                Api atCore = new Api(core.awaitReady());

                // then: the core says which file it lacks, the edge still waits
                assertLinkNames(atCore, "NOT_CONFIGURED", missing.toString());
                assertRefused(atEdge, "none has called in yet");

                // when
                Files.copy(edgeOwn.certificate(), missing);

                // then
                assertJoins(atEdge, atCore);
            }
        }
    }

    @Test
    void shouldNameTheFileThatTheEdgeLacks() throws Exception {
        // given
        PemPaths edgeOwn = C2wCertificate.good(folder, "webbridge");
        PemPaths coreOwn = C2wCertificate.good(folder, "callbridge");
        Path missing = folder.resolve("callbridges.crt");
        try (NodeProcess edge = edge("unconfigured-edge", edgeOwn, missing);
                NodeProcess core = core("unconfigured-core", coreOwn, edgeOwn.certificate())) {
            Api atEdge = new Api(edge.awaitReady());
            Api atCore = new Api(core.awaitReady());

            // then
            assertRefused(atEdge, missing.toString());
            assertLinkNames(atCore, "NOT_CONFIGURED", "The web bridge has no C2W certificate yet");

            // when
            Files.copy(coreOwn.certificate(), missing);

            // then
            assertJoins(atEdge, atCore);
        }
    }

    private static void assertLinkNames(Api core, String reason, String words) {
        JsonNode link = eventually(
                PATIENCE,
                () -> core.state("/state/c2w-links").path("c2w-links").path(0),
                found -> found.toString().contains(reason));
        assertThat(link.toString()).contains(words);
        assertThat(link.path("state").asText()).isNotEqualTo("up");
    }

    private static void assertJoins(Api edge, Api core) throws Exception {
        Api.Answer joined = eventually(PATIENCE, () -> edge.join("Thomas", "9999"), answer -> answer.status() == 200);
        assertThat(joined.body().path("space").path("name").asText()).isEqualTo("9999");
        JsonNode link = core.state("/state/c2w-links").path("c2w-links").path(0);
        assertThat(link.path("state").asText()).isEqualTo("up");
    }

    private static void assertRefused(Api edge, String words) {
        Api.Answer refused = eventually(
                PATIENCE,
                () -> edge.join("Thomas", "9999"),
                answer -> answer.body().path("detail").asText().contains(words));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body().path("code").asText()).isEqualTo("callbridgeUnavailable");
    }

    private NodeProcess edge(String name, PemPaths own, Path trust) {
        Path file = Configuration.write(
                folder, name, "edge.conf", """
                convoke.relay.port = 0
                convoke.c2w.listen { port = %d, certificate = "%s", key = "%s", trust = "%s" }
                """.formatted(c2wPort, own.certificate(), own.key(), trust));
        return start(name, file);
    }

    private NodeProcess core(String name, PemPaths own, Path trust) {
        Path file = Configuration.write(
                folder, name, "core.conf", """
                convoke.c2w { retry-max = 1s, webbridges = ["c2w://127.0.0.1:%d"], certificate = "%s", key = "%s", trust = "%s" }
                """.formatted(c2wPort, own.certificate(), own.key(), trust));
        return start(name, file);
    }

    private NodeProcess start(String name, Path file) {
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
