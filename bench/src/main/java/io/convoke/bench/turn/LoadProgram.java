package io.convoke.bench.turn;

import io.convoke.bench.turn.TurnContender.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The programs of {@code src/main/c}, compiled by {@code bench/run} where there are a C compiler and OpenSSL's headers. What they measure, they print. */
final class LoadProgram {
    private static final Path FOLDER = Path.of(System.getProperty("convoke.bench.c", "none"));

    private LoadProgram() {}

    static boolean isThere() {
        return Files.isExecutable(program("load")) && Files.isExecutable(program("floor"));
    }

    static Path program(String name) {
        return FOLDER.resolve(name);
    }

    /** Runs {@code load} to its end and answers the figures of its one line. */
    static Figures run(String measurement, Target target, Object... arguments) throws IOException {
        Process process = start(measurement, target, arguments);
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (printed.isBlank()) {
            throw new IOException(
                    "Expected figures from " + measurement + " of " + target.name() + ", but it ended without");
        }
        return Figures.of(printed);
    }

    /** Starts {@code load}: lines of figures on its output, its errors beside ours. */
    static Process start(String measurement, Target target, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                program("load").toString(),
                measurement,
                "127.0.0.1",
                Integer.toString(target.port()),
                TurnContender.USER,
                TurnContender.PASSWORD));
        Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
