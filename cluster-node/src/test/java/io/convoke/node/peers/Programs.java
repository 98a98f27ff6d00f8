package io.convoke.node.peers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** What has to be installed for a test to run. Without it the test is skipped, or fails when the environment says {@code CI=true}. */
final class Programs {
    /** Debian's, which has Debian's modules. */
    static final String PYTHON = "/usr/bin/python3";

    private Programs() {}

    static Path require(String program, String debianPackage) {
        Optional<Path> found = Stream.concat(
                        Arrays.stream(System.getenv("PATH").split(File.pathSeparator)),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty()) {
            missing(program, debianPackage);
        }
        return found.orElseThrow();
    }

    static void requireFile(Path file, String program, String debianPackage) {
        if (!Files.exists(file)) {
            missing(program, debianPackage);
        }
    }

    static void requirePythonModule(String module, String debianPackage) {
        if (!Files.isExecutable(Path.of(PYTHON)) || exitOf(PYTHON, "-c", "import " + module) != 0) {
            missing(module + " for " + PYTHON, debianPackage);
        }
    }

    private static void missing(String what, String debianPackage) {
        String words = "This test needs " + what + ", which is not installed (apt-get install " + debianPackage + ")";
        if ("true".equals(System.getenv("CI"))) {
            Assertions.fail(words);
        }
        Assumptions.abort(words);
    }

    private static int exitOf(String... command) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException notThere) {
            return -1;
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", failure);
        }
    }
}
