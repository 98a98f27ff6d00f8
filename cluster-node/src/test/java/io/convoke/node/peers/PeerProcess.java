package io.convoke.node.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A foreign program at work in a folder of its own; the lines it prints are kept here. Closing kills it and all its children. */
final class PeerProcess implements AutoCloseable {
    private static final long END_SECONDS = 10;

    private final String name;
    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    private PeerProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        Thread reader = new Thread(this::read, "output-of-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    /** What it writes to its home and for the moment lands in the folder too. */
    static PeerProcess start(String name, Path folder, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("TMPDIR", folder.toString());
        builder.environment().putAll(environment);
        try {
            return new PeerProcess(name, builder.start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Waits for a line like this; lines printed before count, from {@code first} on. Answers the number of the line after it. */
    synchronized int await(int first, Predicate<String> wished, String what, Duration bound) {
        long deadline = System.nanoTime() + bound.toNanos();
        int looked = first;
        while (true) {
            for (; looked < lines.size(); looked++) {
                if (wished.test(lines.get(looked))) {
                    return looked + 1;
                }
            }
            long left = deadline - System.nanoTime();
            if (left <= 0 || ended) {
                throw new AssertionError("Expected " + what + " from " + name + " within " + bound
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

    /** Waits for a line that contains this. */
    void awaitLine(String part, Duration bound) {
        await(0, line -> line.contains(part), "\"" + part + "\"", bound);
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Writes a line to its standard input. */
    void tell(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException failure) {
            throw new AssertionError(name + " does not listen. It said:\n" + String.join("\n", lines()), failure);
        }
    }

    /** Ends its standard input. */
    void hush() {
        try {
            process.getOutputStream().close();
        } catch (IOException gone) {
            // It has ended, and reads no more anyway.
        }
    }

    /** Waits until it ends, and answers its exit code. */
    int exit(Duration bound) {
        try {
            if (!process.waitFor(bound.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new AssertionError(
                        "Expected " + name + " to end within " + bound + ". It said:\n" + String.join("\n", lines()));
            }
            return process.exitValue();
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", failure);
        }
    }

    /** Everything it has said, once it has ended. */
    synchronized List<String> awaitOutput() {
        try {
            while (!ended) {
                wait();
            }
            return List.copyOf(lines);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", failure);
        }
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                heard(line);
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

    /** Waits until it is gone, so that its ports are free again. */
    @Override
    public void close() {
        List<ProcessHandle> family = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        family.forEach(ProcessHandle::destroyForcibly);
        family.forEach(
                each -> each.onExit().orTimeout(END_SECONDS, TimeUnit.SECONDS).join());
    }
}
