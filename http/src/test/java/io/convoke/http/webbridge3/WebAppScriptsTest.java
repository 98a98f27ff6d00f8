package io.convoke.http.webbridge3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the tests of the web app's own scripts, {@code src/test/web/*.test.mjs}, with the node program (18 or later). */
class WebAppScriptsTest {
    private static final int LONGEST_SECONDS = 120;

    @TempDir
    private Path folder;

    @Test
    void shouldPassTheTestsOfTheWebApp() throws Exception {
        // given
        List<String> command = new ArrayList<>(List.of(requireNode().toString(), "--test"));
        List<String> files = testFiles();
        assertThat(files).isNotEmpty();
        // By name, for a folder means something else to each version.
        command.addAll(files);

        // when
        Path output = folder.resolve("node.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();

        // then
        assertThat(ended).as("%s", Files.readString(output)).isTrue();
        assertThat(process.exitValue()).as("%s", Files.readString(output)).isZero();
    }

    private static List<String> testFiles() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("src/test/web"))) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(".test.mjs"))
                    .sorted()
                    .toList();
        }
    }

    /** Skips the test, or fails it under {@code CI=true}, where there is no node. */
    private static Path requireNode() {
        Optional<Path> found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(part -> Path.of(part, "node"))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty()) {
            String words = "The web app's tests need node 18 or later, which is not installed (apt-get install nodejs)";
            if ("true".equals(System.getenv("CI"))) {
                Assertions.fail(words);
            }
            Assumptions.abort(words);
        }
        return found.get();
    }
}
