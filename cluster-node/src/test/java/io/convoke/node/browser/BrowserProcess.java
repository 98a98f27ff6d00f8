package io.convoke.node.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A browser's processes and its throw-away profile folder. */
final class BrowserProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on (ws://\\S+)");
    private static final long START_SECONDS = 60;

    private final Process process;
    private final Path profile;
    private final CompletableFuture<String> address = new CompletableFuture<>();

    private BrowserProcess(Process process, Path profile) {
        this.process = process;
        this.profile = profile;
        Thread reader = new Thread(this::readOutput, "browser-output");
        reader.setDaemon(true);
        reader.start();
    }

    static Path newProfile(String browser) {
        try {
            return Files.createTempDirectory("convoke-" + browser);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Starts the browser; the profile is removed by {@link #close}. */
    static BrowserProcess start(List<String> command, Path profile) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            // Caches, sockets and crash reports land in the profile, and are gone with it.
            for (String variable : List.of("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "TMPDIR")) {
                builder.environment().put(variable, profile.toString());
            }
            builder.environment().put("MOZ_CRASHREPORTER_DISABLE", "1");
            builder.environment().remove("DBUS_SESSION_BUS_ADDRESS");
            return new BrowserProcess(builder.start(), profile);
        } catch (IOException failure) {
            throw new BrowserFailure("Cannot start " + command.get(0), failure);
        }
    }

    /** The WebSocket address that the browser announces once it can be driven. */
    String address() {
        try {
            return address.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            close();
            throw new BrowserFailure("The browser did not say where it can be driven", failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            close();
            throw new BrowserFailure("Interrupted while the browser started", failure);
        }
    }

    private void readOutput() {
        StringBuilder seen = new StringBuilder();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                Matcher matcher = LISTENING.matcher(line);
                if (matcher.find()) {
                    address.complete(matcher.group(1));
                } else if (!address.isDone()) {
                    seen.append(line).append('\n');
                }
            }
        } catch (IOException closed) {
            // The process was killed; the future below says so to whoever still waits.
        }
        address.completeExceptionally(new BrowserFailure("The browser ended; it said:\n" + seen));
    }

    @Override
    public void close() {
        List<ProcessHandle> family = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        family.forEach(ProcessHandle::destroyForcibly);
        family.forEach(handle -> handle.onExit().orTimeout(10, TimeUnit.SECONDS).join());
        removeProfile();
    }

    private void removeProfile() {
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException leftOver) {
            // A file that comes and goes while its browser dies is no reason to fail a test.
        }
    }
}
