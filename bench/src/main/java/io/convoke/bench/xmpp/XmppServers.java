package io.convoke.bench.xmpp;

import io.convoke.bench.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Measures each server in turn, alone on the machine but for the load. */
public final class XmppServers {
    private static final int IN_FLIGHT = 64;
    private static final int IDLE = 10_000;
    private static final int IDLE_BEFORE = 500;
    /** What runs in a JVM is compiled meanwhile: shorter, and the compiler is what is measured. */
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final long MEASURED_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final List<String> NAMES =
            Contenders.NAMES.stream().filter(XmppServers::isWanted).toList();

    private XmppServers() {}

    /** Adds the figures; a server that is not installed has a line that says so. */
    public static void measure(Table table, Path work) throws Exception {
        List<Row> rows = new ArrayList<>();
        for (String name : NAMES) {
            if (!Contenders.isThere(name)) {
                table.add(name, "not measured", "its Debian package is not installed");
                continue;
            }
            try (Contender server = Contenders.start(name, work.resolve(name))) {
                rows.add(routed(server));
                rows.add(handshakes(server, false));
                if (server.ports().tls() != 0) {
                    rows.add(handshakes(server, true));
                }
            }
            try (Contender server = Contenders.start(name, work.resolve(name + "-idle"))) {
                rows.add(idle(server));
            }
        }
        rows.stream()
                .map(Row::what)
                .distinct()
                .forEach(what -> rows.stream()
                        .filter(row -> row.what().equals(what))
                        .forEach(row -> table.add(row.what() + ", " + row.name(), row.figure(), row.beside())));
    }

    /** {@code -Dconvoke.bench.xmpp=Convoke} measures one alone. */
    private static boolean isWanted(String name) {
        return System.getProperty("convoke.bench.xmpp", name).contains(name);
    }

    private record Row(String what, String name, String figure, String beside) {}

    private static Row routed(Contender server) throws IOException {
        try (RoutedLoad load = new RoutedLoad(server, IN_FLIGHT)) {
            load.run(WARM_UP_NANOS);
            double before = server.tree().cpuSeconds();
            long stanzas = load.run(MEASURED_NANOS);
            double cpu = server.tree().cpuSeconds() - before;
            return perCpuSecond("stanzas routed between two components per CPU-second", server, stanzas, cpu);
        }
    }

    private static Row handshakes(Contender server, boolean tls) throws Exception {
        try (HandshakeLoad load = new HandshakeLoad(server, tls)) {
            load.run(WARM_UP_NANOS);
            double before = server.tree().cpuSeconds();
            long handshakes = load.run(MEASURED_NANOS);
            double cpu = server.tree().cpuSeconds() - before;
            String what =
                    tls ? "components' handshakes with TLS per CPU-second" : "components' handshakes per CPU-second";
            return perCpuSecond(what, server, handshakes, cpu);
        }
    }

    private static Row perCpuSecond(String what, Contender server, long count, double cpu) {
        double seconds = MEASURED_NANOS / 1e9;
        return new Row(
                what,
                server.name(),
                String.format(Locale.ROOT, "%,.0f", count / cpu),
                String.format(
                        Locale.ROOT,
                        "%.1f µs of CPU each; %,.0f/s at %.0f %% of a core",
                        cpu * 1e6 / count,
                        count / seconds,
                        100 * cpu / seconds));
    }

    private static Row idle(Contender server) throws IOException {
        try (IdleClients clients = new IdleClients(server)) {
            clients.growTo(IDLE_BEFORE);
            long before = settled(server);
            clients.growTo(IDLE);
            long after = settled(server);
            return new Row(
                    "memory per idle client, 10,000 connected",
                    server.name(),
                    String.format(Locale.ROOT, "%.1f KiB", (after - before) / 1024.0 / (IDLE - IDLE_BEFORE)),
                    String.format(Locale.ROOT, "%.0f MiB resident in all", after / 1048576.0));
        }
    }

    /** Resident memory once the server has had time, and in Java's case the request, to give back what it does not use. */
    private static long settled(Contender server) throws IOException {
        for (int round = 0; round < 3; round++) {
            if (server.name().equals("Convoke")) {
                server.process().getOutputStream().write('\n');
                server.process().getOutputStream().flush();
            }
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
        }
        return server.tree().residentBytes();
    }
}
