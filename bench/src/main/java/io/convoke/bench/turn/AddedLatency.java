package io.convoke.bench.turn;

import io.convoke.bench.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a relay adds to a packet's way at a tenth of what it relays in a closed loop with single packets of 172 bytes on ten allocations. */
final class AddedLatency {
    private static final int ROUNDS = 3;
    private static final int SATURATED_MILLIS = 3000;
    private static final int MEASURED_MILLIS = 5000;

    private record Added(double p50, double p99) {}

    private AddedLatency() {}

    static void measure(Table table, List<TurnContender> servers) throws IOException {
        Map<String, Integer> rates = new LinkedHashMap<>();
        for (TurnContender server : servers) {
            Figures saturated =
                    LoadProgram.run("packets", server.udp(), server.pid(), 10, 172, "single", 500, SATURATED_MILLIS);
            rates.put(server.name(), (int) (saturated.get("packets") / saturated.get("seconds") / 10));
        }
        Map<String, List<Added>> added = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (TurnContender server : servers) {
                int rate = rates.getOrDefault(server.name(), 0);
                added.computeIfAbsent(server.name(), name -> new ArrayList<>()).add(added(server, rate));
            }
        }
        String beside = servers.stream()
                .filter(server -> !server.name().equals(TurnContenders.OURS))
                .map(server -> text(server, added, rates))
                .reduce((left, right) -> left + "; " + right)
                .orElse("");
        table.add(
                "latency added at a tenth of the capacity",
                text(servers.get(0), added, rates).replace(TurnContenders.OURS + " ", ""),
                beside);
    }

    private static Added added(TurnContender server, int rate) throws IOException {
        Figures direct = LoadProgram.run("latency", server.udp(), rate, MEASURED_MILLIS, "direct");
        Figures relayed = LoadProgram.run("latency", server.udp(), rate, MEASURED_MILLIS, "relayed");
        return new Added(relayed.get("p50") - direct.get("p50"), relayed.get("p99") - direct.get("p99"));
    }

    private static String text(TurnContender server, Map<String, List<Added>> added, Map<String, Integer> rates) {
        List<Added> rounds = added.getOrDefault(server.name(), List.of());
        return String.format(
                Locale.ROOT,
                "%s p50 %.0f µs, p99 %.0f µs at %,d/s",
                server.name(),
                Ratios.median(rounds.stream().map(Added::p50).toList()),
                Ratios.median(rounds.stream().map(Added::p99).toList()),
                rates.getOrDefault(server.name(), 0));
    }
}
