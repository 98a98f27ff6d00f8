package io.convoke.media.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.convoke.media.client.SoftClient;
import io.convoke.media.client.SoftSection;
import io.convoke.media.client.SoftSink;
import io.convoke.protocols.srtp.SrtpProfile;
import io.netty.util.ResourceLeakDetector;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Allocation on the event loop of a running unit: ten who speak, twenty who hear all of them. */
class ForwardingAllocationTest {
    private static final int PUBLISHERS = 10;
    private static final int SUBSCRIBERS = 20;
    private static final int ROUNDS = 100;
    private static final int WINDOWS = 8;

    /** Netty's: address objects and an envelope for each datagram read. 120 bytes on JDK 17. */
    private static final double MOST_PER_RECEIVED = 400;
    /** Netty's: 24 bytes where the compiler keeps the copy of the recipient's address. A packet took 1,150 bytes before. */
    private static final double MOST_PER_FORWARDED = 48;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Semaphore arrived = new Semaphore(0);
    private final List<SoftClient> clients = new ArrayList<>();
    private final List<SoftSection> voices = new ArrayList<>();
    private final List<SfuSession> speaking = new ArrayList<>();
    private ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();
    private int sequence;

    private record Counting(Semaphore arrived) implements SoftSink {
        @Override
        public void rtp(byte[] plain, int length) {
            arrived.release();
        }

        @Override
        public void rtcp(byte[] plain, int length) {}
    }

    private static final class Ignoring implements SfuSessionListener {
        @Override
        public void mediaState(MediaState state, String detail) {}

        @Override
        public void slots(List<Slot> slots, int wantedAudio, int wantedVideo) {}

        @Override
        public void firstMedia(String kind) {}
    }

    @BeforeEach
    void withoutRecords() {
        before = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED); // it notes each use of each buffer
    }

    @AfterEach
    void withRecords() {
        ResourceLeakDetector.setLevel(before);
    }

    @Test
    void shouldAllocateNextToNothingForAForwardedPacket() throws Exception {
        try (Sfu sfu = Sfu.start(SfuSettings.defaults(List.of(InetAddress.getLoopbackAddress()), 0))) {
            // given
            SfuConference conference = sfu.openConference(UUID.randomUUID());
            for (int i = 0; i < PUBLISHERS; i++) {
                voices.add(SoftSection.audio("0", "sendonly", 1_000 + i));
                speaking.add(join(conference, List.of(voices.get(i))));
            }
            for (int i = 0; i < SUBSCRIBERS; i++) {
                List<SoftSection> slots = new ArrayList<>();
                for (int j = 0; j < PUBLISHERS; j++) {
                    slots.add(SoftSection.audio("" + j, "recvonly", 0));
                }
                join(conference, slots);
            }
            // when
            double forwarding = fewest(sfu, PUBLISHERS * SUBSCRIBERS);
            for (SfuSession session : speaking) {
                session.mute(true, true);
            }
            double receiving = fewest(sfu, 0);
            // then: per packet received, and per packet sent what is more than that
            assertThat(receiving).isLessThan(MOST_PER_RECEIVED);
            assertThat((forwarding - receiving) / SUBSCRIBERS).isLessThan(MOST_PER_FORWARDED);
        } finally {
            clients.forEach(SoftClient::close);
        }
    }

    /** Bytes the event loop allocated for each packet received, in the window with the fewest: what comes once in a while is not the packets'. */
    private double fewest(Sfu sfu, int arriving) throws Exception {
        long loop = loopThread();
        double fewest = Double.MAX_VALUE;
        for (int window = 0; window < WINDOWS; window++) {
            long bytes = threads.getThreadAllocatedBytes(loop);
            long packets = sfu.stats().packetsIn();
            for (int round = 0; round < ROUNDS; round++) {
                sequence++;
                for (int i = 0; i < PUBLISHERS; i++) {
                    clients.get(i).send(voices.get(i), sequence, 960 * sequence, false, 30, new byte[172]);
                }
                // One lost now and then is no matter here.
                boolean ignored = arrived.tryAcquire(arriving, 1, TimeUnit.SECONDS);
            }
            double received = sfu.stats().packetsIn() - packets;
            fewest = Math.min(fewest, (threads.getThreadAllocatedBytes(loop) - bytes) / received);
        }
        return fewest;
    }

    private SfuSession join(SfuConference conference, List<SoftSection> sections) throws Exception {
        SoftClient client = new SoftClient(SrtpProfile.AEAD_AES_128_GCM, new Counting(arrived));
        clients.add(client);
        SfuSession session = conference.openSession(UUID.randomUUID(), new Ignoring());
        OfferOutcome outcome = session.offer(client.offer(sections), Map.of())
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        client.answered(((OfferOutcome.Answered) outcome).sdp());
        client.connected().get(10, TimeUnit.SECONDS);
        client.checkEvery(2_500);
        return session;
    }

    private long loopThread() {
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("convoke-media")) {
                return thread.getThreadId();
            }
        }
        throw new IllegalStateException("Expected the event loop's thread");
    }
}
