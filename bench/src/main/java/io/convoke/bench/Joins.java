package io.convoke.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** {@code POST /api/join} on a node of its own with its database on: how many a second, and how long one takes. */
final class Joins {
    private static final int WARM_UP = 3_000;
    private static final int CALLERS = 16;
    private static final int ALONE = 500;
    private static final int TOGETHER = 3_000;
    private static final int NEW_ALONE = 200;
    private static final int NEW_TOGETHER = 800;
    private static final int SEATS = 64;
    private static final int FILL = 30; // joins for each running meeting: far from full

    private Joins() {}

    static void measure(Table table, Path work) throws Exception {
        int warm = WARM_UP / FILL;
        int alone = ALONE / FILL + 1;
        int together = TOGETHER / FILL;
        Path data = work.resolve("joins");
        List<String> all = BenchSpaces.create(data, 2 * warm + alone + together + NEW_ALONE + NEW_TOGETHER, SEATS);
        Meetings meetings = new Meetings(all);
        try (NodeProcess node = NodeProcess.start(data)) {
            JoinLoad load = new JoinLoad(node.base());
            load.run(meetings.take(warm), CALLERS, warm);
            load.run(meetings.take(warm), CALLERS, WARM_UP);

            List<String> running = meetings.take(alone);
            load.run(running, 1, alone);
            row(table, "join a running meeting, 1 caller", "8 ms", load.run(running, 1, ALONE));
            row(table, "join a new meeting, 1 caller", "", load.run(meetings.take(NEW_ALONE), 1, NEW_ALONE));

            running = meetings.take(together);
            load.run(running, CALLERS, together);
            double before = node.cpu().seconds();
            JoinLoad.Outcome outcome = load.run(running, CALLERS, TOGETHER);
            double cpu = node.cpu().seconds() - before;
            row(table, "join running meetings, 16 callers", "", outcome);
            table.add(
                    "node CPU per join, 16 callers",
                    "%.2f ms".formatted(cpu * 1e3 / outcome.latency().count()),
                    "");
            row(
                    table,
                    "join new meetings, 16 callers",
                    "",
                    load.run(meetings.take(NEW_TOGETHER), CALLERS, NEW_TOGETHER));
        }
    }

    private static void row(Table table, String what, String original, JoinLoad.Outcome outcome) {
        String beside = original.isEmpty() ? "" : "the original: " + original;
        String refused = outcome.refused() == 0 ? "" : ", " + outcome.refused() + " refused";
        table.add(
                what,
                String.format(
                        Locale.ROOT,
                        "%.0f/s, p50 %.1f ms, p99 %.1f ms%s",
                        outcome.joinsPerSecond(),
                        outcome.latency().millis(50),
                        outcome.latency().millis(99),
                        refused),
                beside);
    }
}
