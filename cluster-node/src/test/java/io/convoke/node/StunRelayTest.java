package io.convoke.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.actors.relay.RelayServer;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StunRelayTest {
    private static final int REQUESTS = 40;
    private static final int MOST = 2;

    /** A Binding request without attributes: type and length, magic cookie, transaction id. */
    private static final byte[] BINDING = {
        0, 1, 0, 0, 0x21, 0x12, (byte) 0xA4, 0x42, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
    };

    @Test
    void shouldAnswerOneAddressAsOftenAsItWasTold() throws Exception {
        // given
        InetAddress loopback = InetAddress.getLoopbackAddress();
        RelayServer.Running relay = new StunRelay(List.of(loopback), 0, MOST, Runnable::run)
                .start()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        try (DatagramSocket client = new DatagramSocket(0, loopback)) {
            // when
            for (long i = 1; i <= REQUESTS; i++) {
                client.send(new DatagramPacket(
                        BINDING, BINDING.length, relay.listeners().get(0)));
                while (relay.counters().getOrDefault("received", 0L) < i) {
                    Thread.onSpinWait();
                }
            }
            // then: two each second, and it takes few
            Map<String, Long> counters = relay.counters();
            assertThat(counters.getOrDefault("answered", 0L)).isBetween((long) MOST, REQUESTS / 2L);
            assertThat(counters.getOrDefault("limited", 0L)).isPositive();
        } finally {
            relay.stop();
        }
    }
}
