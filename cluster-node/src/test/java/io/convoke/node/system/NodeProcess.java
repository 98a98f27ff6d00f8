package io.convoke.node.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node in a process of its own; what it prints is kept here and in {@code target/runs/NAME.log}. Closing kills what still runs. */
final class NodeProcess implements AutoCloseable {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    static final Duration START = Duration.ofSeconds(90);
    private static final Path RUNS = Path.of(System.getProperty("convoke.runs", "target/runs"));
    private static final Pattern READY = Pattern.compile("^Convoke is ready: (https?://[^/\\s]+)");

    private final String name;
    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    private NodeProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        Thread reader = new Thread(this::readOutput, "output-of-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    /** {@code java … io.convoke.node.Main run}, from the classes under test. */
    static NodeProcess start(String name, String... arguments) {
        return start(name, Map.of(), arguments);
    }

    /** The same with more environment variables. */
    static NodeProcess start(String name, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Xss512k",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                "--add-opens=java.base/com.sun.crypto.provider=ALL-UNNAMED",
                "-Dconvoke.home=" + ROOT,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.convoke.node.Main",
                "run"));
        command.addAll(List.of(arguments));
        return start(name, command, environment);
    }

    static NodeProcess start(String name, List<String> command, Map<String, String> environment) {
        try {
            // A shell that starts the tests in the background has them, and what they start, ignore Ctrl-C.
            List<String> interruptible = new ArrayList<>(List.of("env", "--default-signal=INT"));
            interruptible.addAll(command);
            ProcessBuilder builder = new ProcessBuilder(interruptible).redirectErrorStream(true);
            for (String port : List.of("CLIENT", "COMPONENT", "WEB_SOCKET")) {
                builder.environment().put("CONVOKE_XMPP_" + port + "_PORT", "0");
            }
            builder.environment().putAll(environment);
            return new NodeProcess(name, builder.start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Waits for the line that begins {@code Convoke is ready}, and answers the origin in it. */
    String awaitReady() {
        Matcher matcher = READY.matcher(awaitLine(READY.pattern(), START));
        if (!matcher.find()) {
            throw new AssertionError("Expected an origin in the ready line of " + name);
        }
        return matcher.group(1);
    }

    /** Waits for a line in which the pattern is found; lines printed before count. */
    synchronized String awaitLine(String regex, Duration bound) {
        Pattern pattern = Pattern.compile(regex);
        long deadline = System.nanoTime() + bound.toNanos();
        int looked = 0;
        while (true) {
            for (; looked < lines.size(); looked++) {
                if (pattern.matcher(lines.get(looked)).find()) {
                    return lines.get(looked);
                }
            }
            long left = deadline - System.nanoTime();
            if (left <= 0 || ended) {
                throw new AssertionError("Expected a line with \"" + regex + "\" from " + name + " within " + bound
                        + (ended ? ", but it ended" : "") + ". It said:\n" + String.join("\n", lines));
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left); // woken by heard() and over()
            } catch (InterruptedException failure) {
                Thread.currentThread().interrupt();
                throw new AssertionError("Interrupted", failure);
            }
        }
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What Ctrl-C sends. Answers the exit code. */
    int interrupt() {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError(name + " still runs 30 s after Ctrl-C. It said:\n" + lines());
            }
            return process.exitValue();
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    /** Waits for an end that nobody asked for, such as a failed start. */
    int awaitExit() {
        try {
            if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("Expected " + name + " to end. It said:\n" + lines());
            }
            return process.exitValue();
        } catch (InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    /** Everything it has said, once it has ended. */
    synchronized List<String> awaitEnd() {
        try {
            while (!ended) {
                wait();
            }
            return List.copyOf(lines);
        } catch (InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    private void readOutput() {
        try {
            Files.createDirectories(RUNS);
            try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
                    PrintWriter file = new PrintWriter(Files.newBufferedWriter(RUNS.resolve(name + ".log")), true)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    file.println(line);
                    heard(line);
                }
            }
        } catch (IOException closed) {
            // Killed; the lines so far are kept.
        } finally {
            over();
        }
    }

    private synchronized void heard(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void over() {
        ended = true;
        notifyAll();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
