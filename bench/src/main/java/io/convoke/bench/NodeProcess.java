package io.convoke.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node started as users start it, with {@code ./convoke run}, in a data folder of its own. Stopped with Ctrl-C's signal. */
final class NodeProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("Convoke is ready.*?(https?://[^/\\s]+)");

    private static final long START_SECONDS = 90;

    private final Process process;
    private final URI base;

    private NodeProcess(Process process, URI base) {
        this.process = process;
        this.base = base;
    }

    /** Starts a node on any free port and waits for its ready line. Its output goes to a file beside the data folder. */
    static NodeProcess start(Path data) throws Exception {
        String launcher = Path.of(System.getProperty("convoke.home"), "convoke").toString();
        Process process = new ProcessBuilder(List.of(launcher, "run", "--http", "0", "--data", data.toString()))
                .redirectErrorStream(true)
                .start();
        CompletableFuture<URI> ready = new CompletableFuture<>();
        Path log = data.resolveSibling(data.getFileName() + ".out");
        Thread reader = new Thread(() -> read(process, ready, log), "node-output");
        reader.setDaemon(true);
        reader.start();
        try {
            return new NodeProcess(process, ready.get(START_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException | InterruptedException failure) {
            process.destroyForcibly();
            throw new IOException("The node did not get ready. It said:\n" + Files.readString(log), failure);
        }
    }

    private static void read(Process process, CompletableFuture<URI> ready, Path log) {
        try (BufferedReader in =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                var out = Files.newBufferedWriter(log)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.write(line);
                out.newLine();
                Matcher matcher = READY.matcher(line);
                if (matcher.find()) {
                    ready.complete(URI.create(matcher.group(1)));
                }
            }
            ready.completeExceptionally(new IOException("The node ended before it was ready."));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }

    /** Scheme, host and port of the node's HTTP. */
    URI base() {
        return base;
    }

    CpuClock cpu() {
        return new CpuClock(process.pid());
    }

    @Override
    public void close() throws Exception {
        // SIGTERM, like SIGINT, runs the node's orderly shutdown.
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
