package io.convoke.bench.turn;

import io.convoke.bench.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * CPU of the server's process for each relayed packet, in a closed loop. All servers are up; in each of a few rounds each of them has its turn, so that a ratio is
 * one of two figures taken seconds apart.
 */
final class PacketCost {
    private static final int ROUNDS = 3;
    private static final int SETTLE_MILLIS = 500;
    private static final int MEASURED_MILLIS = 2000;
    private static final int[] SIZES = {172, 1200};
    private static final int[] ALLOCATIONS = {1, 10, 500};

    private final Table table;
    private final List<TurnContender> contenders;

    PacketCost(Table table, List<TurnContender> contenders) {
        this.table = table;
        this.contenders = contenders;
    }

    /** What runs in a JVM is compiled meanwhile, in each of the patterns. */
    static void warmUp(TurnContender server) throws IOException {
        for (int round = 0; round < 2; round++) {
            for (String pattern : List.of("single", "burst")) {
                LoadProgram.run("packets", server.udp(), server.pid(), 10, 172, pattern, 0, 5000);
                LoadProgram.run("packets", server.udp(), server.pid(), 500, 1200, pattern, 0, 3000);
            }
        }
    }

    void measure() throws IOException {
        for (String pattern : List.of("single", "burst")) {
            for (int size : SIZES) {
                for (int allocations : ALLOCATIONS) {
                    measure(pattern, size, allocations);
                }
            }
        }
    }

    private void measure(String pattern, int size, int allocations) throws IOException {
        Map<String, List<Double>> micros = new LinkedHashMap<>();
        double lost = 0;
        double packets = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<TurnContender> turns = new ArrayList<>(contenders);
            Collections.rotate(turns, round);
            for (TurnContender server : turns) {
                Figures figures = LoadProgram.run(
                        "packets",
                        server.udp(),
                        server.pid(),
                        allocations,
                        size,
                        pattern,
                        SETTLE_MILLIS,
                        MEASURED_MILLIS);
                micros.computeIfAbsent(server.name(), name -> new ArrayList<>()).add(figures.get("micros"));
                lost += server.name().equals(TurnContenders.OURS) ? figures.get("lost") + figures.get("wrong") : 0;
                packets += server.name().equals(TurnContenders.OURS) ? figures.get("packets") : 0;
            }
        }
        String what = "server CPU per packet, %s, %d bytes, %d allocation%s"
                .formatted(
                        pattern.equals("single") ? "single" : "bursts of 8–32",
                        size,
                        allocations,
                        allocations == 1 ? "" : "s");
        table.add(what, figure(micros), beside(micros, lost / packets));
    }

    private static String figure(Map<String, List<Double>> micros) {
        double ours = Ratios.median(micros.getOrDefault(TurnContenders.OURS, List.of()));
        List<Double> coturn = micros.get(TurnContenders.COTURN);
        return coturn == null
                ? String.format(Locale.ROOT, "%.2f µs", ours)
                : String.format(
                        Locale.ROOT,
                        "%.2f µs, %.2f of coturn's",
                        ours,
                        Ratios.ratio(micros.getOrDefault(TurnContenders.OURS, List.of()), coturn));
    }

    private static String beside(Map<String, List<Double>> micros, double lost) {
        StringBuilder text = new StringBuilder();
        List<Double> coturn = micros.get(TurnContenders.COTURN);
        if (coturn != null) {
            text.append(String.format(Locale.ROOT, "coturn %.2f µs; ", Ratios.median(coturn)));
        }
        text.append("bare loop");
        for (String loop : TurnContenders.LOOPS) {
            List<Double> floor = micros.getOrDefault(loop, List.of());
            text.append(String.format(
                    Locale.ROOT,
                    " %s %.2f",
                    loop,
                    coturn == null ? Ratios.median(floor) : Ratios.ratio(floor, coturn)));
        }
        return text.append(String.format(Locale.ROOT, "; %.3f %% lost", 100 * lost))
                .toString();
    }
}
