package io.convoke.bench.turn;

import io.convoke.bench.Table;
import io.convoke.http.tls.GeneratedCertificate;
import io.convoke.http.tls.PemPaths;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Measures our relay, coturn and the bare loop in one run. */
public final class TurnServers {
    /** Parts that can be asked for alone. */
    public static final List<String> PARTS = List.of("turn-packets", "turn-allocations", "turn-latency", "turn-memory");

    private final Table table;
    private final Path work;
    private final PemPaths certificate;

    private TurnServers(Table table, Path work) {
        this.table = table;
        this.work = work;
        this.certificate =
                GeneratedCertificate.ensure(work.resolve("turn-certs"), "bench", List.of("localhost"), Instant.now());
    }

    /**
     * Adds the figures. Without a C compiler there is no load, and a line says so.
     *
     * @param part {@code turn} for all, or one of {@link #PARTS}
     */
    public static void measure(Table table, Path work, String part) throws IOException {
        if (!LoadProgram.isThere()) {
            table.add(
                    part,
                    "not measured",
                    "the load needs a C compiler and OpenSSL's headers: apt-get install gcc libssl-dev");
            return;
        }
        TurnServers servers = new TurnServers(table, work);
        boolean all = part.equals("turn");
        if (all || part.equals("turn-packets")) {
            servers.packets();
        }
        if (all || part.equals("turn-allocations")) {
            servers.allocations();
        }
        if (all || part.equals("turn-latency")) {
            servers.latency();
        }
        if (all || part.equals("turn-memory")) {
            servers.memory();
        }
    }

    private void packets() throws IOException {
        List<String> names = new ArrayList<>(TurnContenders.servers());
        names.addAll(TurnContenders.LOOPS);
        try (Running running = new Running(names, certificate)) {
            PacketCost.warmUp(running.ours());
            new PacketCost(table, running.all()).measure();
        }
    }

    private void allocations() throws IOException {
        try (Running running = new Running(TurnContenders.servers(), certificate)) {
            AllocationRate rate = new AllocationRate(table, running.all());
            rate.measure("udp", "UDP");
            rate.measure("tls", "TLS, ECDSA P-256");
        }
        PemPaths rsa = rsaCertificate();
        if (rsa == null) {
            table.add("allocations per CPU-second over TLS, RSA 2048", "not measured", "needs the program openssl");
            return;
        }
        try (Running running = new Running(TurnContenders.servers(), rsa)) {
            new AllocationRate(table, running.all()).measure("tls", "TLS, RSA 2048");
        }
    }

    private void latency() throws IOException {
        List<String> names = new ArrayList<>(TurnContenders.servers());
        names.add("plain");
        try (Running running = new Running(names, certificate)) {
            PacketCost.warmUp(running.ours());
            AddedLatency.measure(table, running.all());
        }
    }

    private void memory() throws IOException {
        String figure = "";
        String beside = "";
        for (String name : TurnContenders.servers()) {
            try (TurnContender server = TurnContenders.start(name, work, certificate)) {
                double kibi = AllocationMemory.bytesPerAllocation(server) / 1024;
                if (name.equals(TurnContenders.OURS)) {
                    figure = String.format(Locale.ROOT, "%.1f KiB", kibi);
                } else {
                    beside = String.format(Locale.ROOT, "%s %.1f KiB", name, kibi);
                }
            }
        }
        table.add("memory per allocation, 10,000 held", figure, beside);
    }

    /** Which GeneratedCertificate does not make; null without the program openssl. */
    private @Nullable PemPaths rsaCertificate() throws IOException {
        PemPaths pem = new PemPaths(work.resolve("rsa.crt"), work.resolve("rsa.key"));
        List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes"));
        command.addAll(List.of("-subj", "/CN=localhost", "-days", "30"));
        command.addAll(List.of(
                "-keyout", pem.key().toString(), "-out", pem.certificate().toString()));
        try {
            Process openssl = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(work.resolve("openssl.log").toFile())
                    .start();
            return openssl.waitFor() == 0 ? pem : null;
        } catch (IOException missing) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Servers that are up together; ours is the first. */
    private final class Running implements AutoCloseable {
        private final List<TurnContender> all = new ArrayList<>();

        Running(List<String> names, PemPaths pem) throws IOException {
            try {
                for (String name : names) {
                    all.add(TurnContenders.start(name, work, pem));
                }
            } catch (IOException e) {
                close();
                throw e;
            }
        }

        TurnContender ours() {
            return all.get(0);
        }

        List<TurnContender> all() {
            return all;
        }

        @Override
        public void close() {
            all.forEach(TurnContender::close);
        }
    }
}
