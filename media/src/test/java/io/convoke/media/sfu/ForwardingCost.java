package io.convoke.media.sfu;

import io.convoke.media.client.SoftClient;
import io.convoke.media.client.SoftSection;
import io.convoke.media.client.SoftSink;
import io.convoke.protocols.srtp.SrtpProfile;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Not a test: a program that prints the event loop's CPU time for each packet it sends, clients in the same process not counted.
 * Arguments: publishers, subscribers, packets a second of each publisher, seconds.
 */
public final class ForwardingCost {
    private static final byte[] PAYLOAD = new byte[100];
    /** Between the connectivity checks of browsers on a connection that stands. */
    private static final long CHECK_MILLIS = 2_500;

    private ForwardingCost() {}

    private static final class Ignoring implements SfuSessionListener {
        @Override
        public void mediaState(MediaState state, String detail) {}

        @Override
        public void slots(List<Slot> slots, int wantedAudio, int wantedVideo) {}

        @Override
        public void firstMedia(String kind) {}
    }

    private record Counting(AtomicLong rtp) implements SoftSink {
        @Override
        public void rtp(byte[] plain, int length) {
            rtp.incrementAndGet();
        }

        @Override
        public void rtcp(byte[] plain, int length) {}
    }

    public static void main(String[] arguments) throws Exception {
        int publishers = Integer.parseInt(arguments[0]);
        int subscribers = Integer.parseInt(arguments[1]);
        int packetsPerSecond = Integer.parseInt(arguments[2]);
        int seconds = Integer.parseInt(arguments[3]);
        AtomicLong arrived = new AtomicLong();
        try (Sfu sfu = Sfu.start(SfuSettings.defaults(List.of(InetAddress.getLoopbackAddress()), 0))) {
            SfuConference conference = sfu.openConference(UUID.randomUUID());
            List<SoftClient> senders = new ArrayList<>();
            List<SoftSection> voices = new ArrayList<>();
            for (int i = 0; i < publishers; i++) {
                voices.add(SoftSection.audio("0", "sendonly", 1_000 + i));
                senders.add(join(conference, List.of(voices.get(i)), arrived));
            }
            for (int i = 0; i < subscribers; i++) {
                List<SoftSection> slots = new ArrayList<>();
                for (int j = 0; j < publishers; j++) {
                    slots.add(SoftSection.audio("" + j, "recvonly", 0));
                }
                join(conference, slots, arrived);
            }
            int[] sequence = new int[1];
            ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
            Future<?> ticking = clock.scheduleAtFixedRate(
                    () -> {
                        sequence[0]++;
                        for (int i = 0; i < publishers; i++) {
                            senders.get(i).send(voices.get(i), sequence[0], 960 * sequence[0], false, 30, PAYLOAD);
                        }
                    },
                    0,
                    1_000_000_000L / packetsPerSecond,
                    TimeUnit.NANOSECONDS);
            for (int round = 0; round < 3; round++) {
                measure(sfu, seconds, arrived);
            }
            ticking.cancel(true);
            clock.shutdownNow();
        }
        System.exit(0);
    }

    private static void measure(Sfu sfu, int seconds, AtomicLong arrived) throws InterruptedException {
        SfuStats before = sfu.stats();
        long cpu = loopCpuNanos();
        long bytes = loopAllocated();
        long got = arrived.get();
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(seconds));
        SfuStats after = sfu.stats();
        long sent = after.packetsOut() - before.packetsOut();
        System.out.printf(
                "%d in/s, %d out/s, %d arrived/s, %.2f us CPU and %d B allocated per packet sent, drops %s%n",
                (after.packetsIn() - before.packetsIn()) / seconds,
                sent / seconds,
                (arrived.get() - got) / seconds,
                (loopCpuNanos() - cpu) / 1_000.0 / sent,
                (loopAllocated() - bytes) / sent,
                after.drops().entrySet().stream().filter(e -> e.getValue() > 0).toList());
    }

    private static SoftClient join(SfuConference conference, List<SoftSection> sections, AtomicLong arrived)
            throws Exception {
        SoftClient client = new SoftClient(SrtpProfile.AEAD_AES_128_GCM, new Counting(arrived));
        SfuSession session = conference.openSession(UUID.randomUUID(), new Ignoring());
        OfferOutcome outcome = session.offer(client.offer(sections), Map.of())
                .toCompletableFuture()
                .get();
        client.answered(((OfferOutcome.Answered) outcome).sdp());
        client.connected().get(10, TimeUnit.SECONDS);
        client.checkEvery(CHECK_MILLIS);
        return client;
    }

    private static long loopCpuNanos() {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(loopThread());
    }

    private static long loopAllocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(loopThread());
    }

    private static long loopThread() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("convoke-media")) {
                return thread.getThreadId();
            }
        }
        throw new IllegalStateException("Expected the event loop's thread");
    }
}
