package io.convoke.protocols.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What is done for each relayed packet. */
class AllocationReadingTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int PACKETS = 20_000;

    private final TestRelay relay = new TestRelay();
    private final TestClient client = relay.client();

    @Test
    void shouldAllocateNothingForAPacket() {
        // given
        Allocation allocation = client.allocated();
        client.bind(0x4000, TestRelay.PEER);
        client.permit(TestRelay.address("203.0.113.6", 0));
        byte[] target = new byte[1500];
        relayPackets(allocation, target);
        // when
        long thread = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        int passed = relayPackets(allocation, target);
        long allocated = THREADS.getThreadAllocatedBytes(thread) - before;
        // then: nothing for each packet, whatever the JVM does meanwhile
        assertThat(passed).isEqualTo(3 * PACKETS);
        assertThat(allocated).isLessThan(PACKETS);
    }

    private int relayPackets(Allocation allocation, byte[] target) {
        TransportAddress peer = TestRelay.PEER;
        int passed = 0;
        for (int i = 0; i < PACKETS; i++) {
            Channel out = allocation.channel(0x4000);
            passed += out != null && allocation.spend(1200, relay.nowNanos) ? 1 : 0;
            Channel in = allocation.channelOf(peer.high(), peer.low(), peer.port());
            passed += in != null && in.permits(relay.nowNanos) ? 1 : 0;
            passed += allocation.permits(peer.high(), peer.low(), relay.nowNanos) ? 1 : 0;
            DataIndication.write(target, 0, peer.high(), peer.low(), peer.port(), 1200, i);
        }
        return passed;
    }
}
