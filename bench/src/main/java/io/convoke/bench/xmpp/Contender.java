package io.convoke.bench.xmpp;

import io.convoke.bench.ProcessTree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One XMPP server under load, in a process of its own.
 *
 * @param ports {@code components}, {@code clients}, and {@code tls}: components with TLS, 0 where it has none
 */
record Contender(String name, Process process, Ports ports) implements AutoCloseable {
    /** The secret of each component. */
    static final String SECRET = "bench-secret";
    /** Its clients are guests. */
    static final String DOMAIN = "anon.bench";
    /** Components {@code c0.bench} to {@code c15.bench}. */
    static final int COMPONENTS = 16;

    private static final long START_SECONDS = 60;

    record Ports(int components, int tls, int clients) {
        static Ports free() throws IOException {
            return new Ports(freePort(), freePort(), freePort());
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }
    }

    static String component(int index) {
        return "c" + index + ".bench";
    }

    /** Starts it, and waits until its ports are open. What it says goes to {@code <name>.log} in the folder. */
    static Contender start(String name, Path folder, List<String> command, Map<String, String> environment, Ports ports)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        builder.environment().putAll(environment);
        Contender contender = new Contender(name, builder.start(), ports);
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!contender.listens()) {
            if (!contender.process.isAlive() || System.nanoTime() - deadlineNanos > 0) {
                contender.close();
                throw new IOException("Expected " + name + " to start; what it said is in " + folder);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        return contender;
    }

    ProcessTree tree() {
        return new ProcessTree(process.toHandle());
    }

    InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private boolean listens() {
        return accepts(ports.components) && accepts(ports.clients) && (ports.tls == 0 || accepts(ports.tls));
    }

    private boolean accepts(int port) {
        try (Socket probe = new Socket()) {
            probe.connect(address(port), 200);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
