package io.convoke.node.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guests without a browser: a WebRTC stack that shares no code with one, driven from the client protocol's page alone. */
class OtherStacksIT {
    private static final String PYTHON = "/usr/bin/python3";
    private static final Duration PATIENCE = Duration.ofSeconds(75);

    @TempDir
    private static Path folder;

    @Test
    void shouldLetTwoGuestsWithAiortcSeeAndHearEachOther() throws Exception {
        // given
        requireAiortc();
        try (NodeProcess node = NodeProcess.start(
                "other-stacks", "--data", folder.resolve("data").toString(), "--http", "0")) {
            String origin = node.awaitReady();

            // when
            List<String> lines = run(
                    Path.of(OtherStacksIT.class
                                    .getResource("two_aiortc_guests.py")
                                    .toURI())
                            .toString(),
                    origin,
                    "9999");

            // then
            assertThat(lines).as("a line for each guest").hasSize(2);
            for (String line : lines) {
                JsonNode guest = Api.JSON.readTree(line);
                for (String way : List.of("sent", "received")) {
                    assertThat(guest.path(way).path("audio").asInt()).as(line).isPositive();
                    assertThat(guest.path(way).path("video").asInt()).as(line).isPositive();
                }
                assertThat(guest.path("frames").path("audio").asInt()).as(line).isGreaterThanOrEqualTo(100);
                assertThat(guest.path("frames").path("video").asInt()).as(line).isGreaterThanOrEqualTo(30);
                assertThat(guest.path("media").asText()).as(line).isEqualTo("connected");
                assertThat(guest.path("ended").asText()).as(line).isEqualTo("left");
            }
            assertThat(node.lines()).noneMatch(line -> line.contains("ERROR :"));
        }
    }

    /** Skips, or fails under {@code CI=true}, where Debian's Python has no aiortc. */
    private static void requireAiortc() throws Exception {
        if (Files.isExecutable(Path.of(PYTHON)) && exitOf("-c", "import aiortc, aiohttp") == 0) {
            return;
        }
        String words = "This test needs aiortc for " + PYTHON + ", which is not installed"
                + " (apt-get install python3-aiortc python3-aiohttp)";
        if ("true".equals(System.getenv("CI"))) {
            Assertions.fail(words);
        }
        Assumptions.abort(words);
    }

    private static int exitOf(String... arguments) throws Exception {
        return start(folder.resolve("import.log"), arguments).waitFor();
    }

    /** What the script printed to its standard output; it must succeed, and in time. */
    private static List<String> run(String... arguments) throws Exception {
        Path errors = folder.resolve("guests.log");
        Process process = start(errors, arguments);
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("the guests ended within %s", PATIENCE)
                    .isTrue();
            assertThat(process.exitValue()).as("%s", Files.readString(errors)).isZero();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(Path errors, String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(PYTHON));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(errors.toFile()).start();
    }
}
