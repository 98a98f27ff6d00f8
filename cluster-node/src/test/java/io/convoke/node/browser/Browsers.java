package io.convoke.node.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The browsers a system test can ask for, where the machine has them. */
public enum Browsers {
    CHROMIUM("chromium", "chromium-browser", "google-chrome") {
        @Override
        Browser start(Path program) {
            return ChromiumBrowser.start(program);
        }
    },
    FIREFOX("firefox-esr", "firefox") {
        @Override
        Browser start(Path program) {
            return FirefoxBrowser.start(program);
        }
    };

    private final List<String> programs;

    Browsers(String... programs) {
        this.programs = List.of(programs);
    }

    abstract Browser start(Path program);

    /** Starts one; where it is not installed the test is skipped, or fails when the environment says {@code CI=true}. */
    public Browser start() {
        return start(require());
    }

    /** Skips the test, or fails it under {@code CI=true}, where this browser is missing. */
    public Path require() {
        Optional<Path> found = programs.stream()
                .flatMap(name -> Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty()) {
            String words = "This test needs " + programs.get(0) + ", which is not installed (apt-get install "
                    + programs.get(0) + ")";
            if ("true".equals(System.getenv("CI"))) {
                Assertions.fail(words);
            }
            Assumptions.abort(words);
        }
        return found.get();
    }
}
