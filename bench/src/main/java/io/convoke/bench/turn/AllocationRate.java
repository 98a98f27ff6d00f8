package io.convoke.bench.turn;

import io.convoke.bench.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Allocations per CPU-second of the server: Allocate, 401, Allocate with credentials, Refresh 0, from a new socket each time. */
final class AllocationRate {
    private static final int ROUNDS = 3;
    private static final int WARM_UP_MILLIS = 20_000;
    private static final int MEASURED_MILLIS = 5000;

    private final Table table;
    private final List<TurnContender> servers;

    AllocationRate(Table table, List<TurnContender> servers) {
        this.table = table;
        this.servers = servers;
    }

    /** @param transport {@code udp} or {@code tls} */
    void measure(String transport, String what) throws IOException {
        for (TurnContender server : servers) {
            if (server.name().equals(TurnContenders.OURS)) {
                run(server, transport, WARM_UP_MILLIS);
            }
        }
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        double failed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (TurnContender server : servers) {
                Figures figures = run(server, transport, MEASURED_MILLIS);
                rates.computeIfAbsent(server.name(), name -> new ArrayList<>())
                        .add(figures.get("allocations") / figures.get("cpu"));
                failed += figures.get("failed");
            }
        }
        List<Double> ours = rates.getOrDefault(TurnContenders.OURS, List.of());
        List<Double> coturn = rates.get(TurnContenders.COTURN);
        double median = Ratios.median(ours);
        table.add(
                "allocations per CPU-second over " + what,
                coturn == null
                        ? String.format(Locale.ROOT, "%,.0f", median)
                        : String.format(Locale.ROOT, "%,.0f, %.2f × coturn's", median, Ratios.ratio(ours, coturn)),
                (coturn == null ? "" : String.format(Locale.ROOT, "coturn %,.0f; ", Ratios.median(coturn)))
                        + String.format(Locale.ROOT, "%.3f s of CPU per 1,000; %.0f failed", 1000 / median, failed));
    }

    private static Figures run(TurnContender server, String transport, int millis) throws IOException {
        return LoadProgram.run(
                "allocations", transport.equals("tls") ? server.tls() : server.udp(), server.pid(), transport, millis);
    }
}
