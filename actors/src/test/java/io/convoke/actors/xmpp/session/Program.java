package io.convoke.actors.xmpp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A real program beside a test, with its output in a file. */
final class Program implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private final Process process;
    private final Path output;

    private Program(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Skips the test where the program is not there, unless this is CI. */
    static void require(String path, String debianPackage) {
        boolean there = Files.isExecutable(Path.of(path));
        if ("true".equals(System.getenv("CI"))) {
            assertThat(there)
                    .as(path + " (Debian package " + debianPackage + ")")
                    .isTrue();
        }
        assumeTrue(there, path + " is not installed (Debian package " + debianPackage + ")");
    }

    static Program start(Path folder, List<String> command) throws IOException {
        Path output = Files.createTempFile(folder, "program", ".log");
        return new Program(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .directory(folder.toFile())
                        .start(),
                output);
    }

    /** A TCP port that was free a moment ago. */
    static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    /** Waits for what the program is expected to do. */
    Program awaiting(String what, BooleanSupplier done) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!done.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                process.destroyForcibly();
                throw new AssertionError("Expected " + what + ", but: " + Files.readString(output));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return this;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
        }
    }
}
