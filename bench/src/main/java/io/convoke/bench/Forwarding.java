package io.convoke.bench;

import io.convoke.media.client.SoftSection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** The node's CPU time for each packet it forwards: 10 who speak, 20 who listen to all of them, 20,000 packets a second out. */
final class Forwarding {
    private static final int PUBLISHERS = 10;
    private static final int SUBSCRIBERS = 20;
    private static final int PACKETS_PER_SECOND = 100;
    private static final int WARM_UP_SECONDS = 20;
    private static final int MEASURED_SECONDS = 15;
    private static final double LEAST_ARRIVING = 0.995;
    private static final long DRAIN_NANOS = 500_000_000;

    private Forwarding() {}

    static void measure(Table table, Path work) throws Exception {
        Path data = work.resolve("forwarding");
        String callId = BenchSpaces.create(data, 1, 64).get(0);
        Arrivals arrivals = new Arrivals();
        List<Guest> guests = new ArrayList<>();
        List<Publisher> publishers = new ArrayList<>();
        try (NodeProcess node = NodeProcess.start(data)) {
            NodeApi api = new NodeApi(node.base());
            for (int i = 0; i < PUBLISHERS; i++) {
                SoftSection voice = SoftSection.audio("0", "sendonly", 1_000 + i);
                guests.add(Guest.join(api, callId, List.of(voice), arrivals));
                publishers.add(new Publisher(guests.get(i).media(), voice));
            }
            List<SoftSection> slots = new ArrayList<>();
            for (int i = 0; i < PUBLISHERS; i++) {
                slots.add(SoftSection.audio("" + i, "recvonly", 0));
            }
            for (int i = 0; i < SUBSCRIBERS; i++) {
                guests.add(Guest.join(api, callId, slots, arrivals));
            }
            PacedSender spread = PacedSender.spread(publishers, PACKETS_PER_SECOND);
            spread.send(WARM_UP_SECONDS);
            window(table, "spread evenly", node, spread, arrivals);
            window(table, "ten at once", node, PacedSender.together(publishers, PACKETS_PER_SECOND), arrivals);
            for (Guest guest : guests) {
                guest.close();
            }
        }
    }

    private static void window(Table table, String how, NodeProcess node, PacedSender sender, Arrivals arrivals)
            throws Exception {
        LockSupport.parkNanos(DRAIN_NANOS);
        long arrivedBefore = arrivals.packets();
        double cpuBefore = node.cpu().seconds();
        long start = System.nanoTime();
        long sent = sender.send(MEASURED_SECONDS);
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpu = node.cpu().seconds() - cpuBefore;
        LockSupport.parkNanos(DRAIN_NANOS);
        long arrived = arrivals.packets() - arrivedBefore;
        double share = (double) arrived / (sent * SUBSCRIBERS);
        table.add(
                "node CPU per forwarded packet, Opus, 10 to 20, " + how,
                String.format(Locale.ROOT, "%.1f µs", cpu * 1e6 / arrived),
                "mediasoup 5–6, Janus 11–21, Jitsi Videobridge 23–28, AES-GCM with sendmmsg alone 3.4");
        table.add(
                "— forwarded while that was measured",
                String.format(
                        Locale.ROOT,
                        "%.0f/s, %.3f %% lost%s",
                        arrived / seconds,
                        (1 - share) * 100,
                        share < LEAST_ARRIVING ? " (too many: the line above does not count)" : ""),
                "20000/s wanted, under 0.5 % lost");
    }
}
