package io.convoke.bench;

import io.convoke.media.client.SoftSection;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Press-to-joined as the trace tells it, and what a whole call costs the node: software clients, one after the other. */
final class Calls {
    private static final int WARM_UP = 150;
    private static final int MEASURED = 100;
    private static final int NEW = 50;
    private static final List<SoftSection> SECTIONS =
            List.of(SoftSection.audio("0", "sendrecv", 1), SoftSection.video("1", "sendrecv", 2));

    private Calls() {}

    static void measure(Table table, Path work) throws Exception {
        Path data = work.resolve("calls");
        Meetings meetings = new Meetings(BenchSpaces.create(data, 1 + WARM_UP / 2 + NEW, 64));
        try (NodeProcess node = NodeProcess.start(data)) {
            NodeApi api = new NodeApi(node.base());
            List<String> running = meetings.take(1);
            // Stays: a running meeting must not end between two calls.
            Guest resident = Guest.join(api, running.get(0), SECTIONS, new Arrivals());
            call(api, running, WARM_UP);
            call(api, meetings.take(WARM_UP / 2), WARM_UP / 2);

            double before = node.cpu().seconds();
            Setups old = call(api, running, MEASURED);
            double cpu = node.cpu().seconds() - before;
            row(table, "press to joined, a running meeting", old.joined(), "the original: 182 ms");
            row(table, "press to media connected, a running meeting", old.connected(), "");
            table.add(
                    "node CPU per whole call (join, signalling, ICE, DTLS, leave)",
                    "%.1f ms".formatted(cpu * 1e3 / MEASURED),
                    "");
            Setups fresh = call(api, meetings.take(NEW), NEW);
            row(table, "press to joined, a new meeting", fresh.joined(), "");
            resident.close();
        }
    }

    private record Setups(Distribution joined, Distribution connected) {}

    private static Setups call(NodeApi api, List<String> callIds, int count) throws Exception {
        Setups setups = new Setups(new Distribution(count), new Distribution(count));
        for (int i = 0; i < count; i++) {
            String participant;
            try (Guest guest = Guest.join(api, callIds.get(i % callIds.size()), SECTIONS, new Arrivals())) {
                participant = guest.participant();
            }
            add(setups.joined(), api.millisUntil(participant, "joinedConference"));
            add(setups.connected(), api.millisUntil(participant, "mediaConnected"));
        }
        return setups;
    }

    private static void add(Distribution distribution, double millis) {
        if (!Double.isNaN(millis)) {
            distribution.add((long) (millis * 1e6));
        }
    }

    private static void row(Table table, String what, Distribution times, String beside) {
        table.add(
                what,
                String.format(
                        Locale.ROOT,
                        "p50 %.1f ms, p99 %.1f ms of %d",
                        times.millis(50),
                        times.millis(99),
                        times.count()),
                beside);
    }
}
