package io.convoke.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.media.Ipv6;
import io.convoke.media.relay.stream.StreamLimits;
import io.convoke.protocols.turn.CloseReason;
import io.convoke.protocols.turn.TurnSettings;
import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TurnRelayTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int CHANNEL = TestTurnClient.CHANNEL;

    private final TestPolicy policy = new TestPolicy();
    private final byte[] buffer = new byte[65_536];
    private TurnRelay relay;

    @AfterEach
    void close() {
        if (relay != null) {
            relay.close();
        }
        assertThat(policy.granted).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({"true, 127.0.0.1", "true, ::1", "false, 127.0.0.1", "false, ::1"})
    void shouldRelayBothWaysOverAChannel(boolean epoll, String address) throws Exception {
        // given
        InetAddress ip = InetAddress.getByName(address);
        start(epoll, ip, 1);
        try (TestTurnClient client = client();
                DatagramSocket peer = new DatagramSocket(0, ip)) {
            InetSocketAddress relayed = client.allocateLike(ip);
            assertThat(client.bind(CHANNEL, address(peer))).isEqualTo(TestTurnClient.NO_ERROR);
            Random random = new Random(1);
            for (int length : new int[] {0, 1, 3, 172, 1200, 1472, 9000, 65_000}) {
                byte[] data = bytes(random, length);

                // when
                client.sendChannel(CHANNEL, data);

                // then
                DatagramPacket packet = receive(peer);
                assertThat(packet.getSocketAddress()).isEqualTo(relayed);
                assertThat(Arrays.copyOf(buffer, packet.getLength())).isEqualTo(data);

                // when
                peer.send(new DatagramPacket(data, data.length, relayed));

                // then
                assertThat(client.receiveChannel(CHANNEL)).isEqualTo(data);
            }
            AllocationView view = onlyAllocation();
            assertThat(view.username()).isEqualTo(TestPolicy.USER);
            assertThat(view.client().toSocketAddress()).isEqualTo(client.local());
            assertThat(view.relayed().get(0).toSocketAddress()).isEqualTo(relayed);
            assertThat(view.packetsToPeers()).isEqualTo(8);
            assertThat(view.bytesToClient()).isEqualTo(1 + 3 + 172 + 1200 + 1472 + 9000 + 65_000);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldRelayIndicationsBothWays(boolean epoll) throws Exception {
        // given
        start(epoll, LOOPBACK, 1);
        try (TestTurnClient client = client();
                DatagramSocket peer = new DatagramSocket(0, LOOPBACK)) {
            InetSocketAddress relayed = client.allocate();
            assertThat(client.permit(LOOPBACK)).isEqualTo(TestTurnClient.NO_ERROR);
            Random random = new Random(2);
            for (int length : new int[] {0, 1, 2, 3, 1200, 1472, 9000}) {
                byte[] data = bytes(random, length);

                // when
                client.sendIndication(address(peer), data, epoll && length < 9000);
                peer.send(new DatagramPacket(data, data.length, relayed));

                // then
                DatagramPacket packet = receive(peer);
                assertThat(Arrays.copyOf(buffer, packet.getLength())).isEqualTo(data);
                TestTurnClient.Data back = client.receiveIndication();
                assertThat(back.peer()).isEqualTo(address(peer));
                assertThat(back.bytes()).isEqualTo(data);
            }
            assertThat(onlyAllocation().packetsToPeers()).isEqualTo(7);
            assertThat(onlyAllocation().permissions()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldRelayBetweenTwoOfItsAllocations(boolean epoll) throws Exception {
        // given
        start(epoll, LOOPBACK, 1);
        try (TestTurnClient one = client();
                TestTurnClient other = client()) {
            InetSocketAddress first = one.allocate();
            InetSocketAddress second = other.allocate();
            one.bind(CHANNEL, second);
            other.bind(CHANNEL + 1, first);

            // when
            one.sendChannel(CHANNEL, new byte[] {1, 2, 3});

            // then
            assertThat(other.receiveChannel(CHANNEL + 1)).containsExactly(1, 2, 3);

            // when
            other.sendChannel(CHANNEL + 1, new byte[] {4});

            // then
            assertThat(one.receiveChannel(CHANNEL)).containsExactly(4);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldDropWhatIsNotPermitted(boolean epoll) throws Exception {
        // given
        start(epoll, LOOPBACK, 1);
        try (TestTurnClient client = client();
                DatagramSocket peer = new DatagramSocket(0, LOOPBACK)) {
            InetSocketAddress relayed = client.allocate();

            // when: no permission, no channel, ChannelData that says it is longer than it is
            peer.send(new DatagramPacket(new byte[10], 10, relayed));
            client.sendChannel(CHANNEL, new byte[10]);
            client.sendIndication(address(peer), new byte[10], false);
            client.send(new byte[] {0x40, 1, 0});
            client.send(new byte[] {0x40, 1, 0, 9, 1});

            // then
            assertThat(client.hearsNothing()).isTrue();
            AllocationView view = onlyAllocation();
            assertThat(view.packetsToPeers()).isZero();
            assertThat(view.packetsToClient()).isZero();
            assertThat(view.packetsDropped()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldGoOnWhenAPeerCannotBeReached(boolean epoll) throws Exception {
        // given: a channel to a closed port, one to an address without a way, and a good one
        start(epoll, LOOPBACK, 1);
        try (TestTurnClient client = client();
                DatagramSocket peer = new DatagramSocket(0, LOOPBACK)) {
            client.allocate();
            DatagramSocket gone = new DatagramSocket(0, LOOPBACK);
            client.bind(CHANNEL, address(gone));
            gone.close();
            client.bind(CHANNEL + 1, new InetSocketAddress("255.255.255.255", 9));
            client.bind(CHANNEL + 2, address(peer));

            for (int i = 0; i < 20; i++) {
                // when
                client.sendChannel(CHANNEL, new byte[100]);
                client.sendChannel(CHANNEL + 1, new byte[100]);
                client.sendChannel(CHANNEL + 2, new byte[] {(byte) i});

                // then
                assertThat(receive(peer).getLength()).isEqualTo(1);
                assertThat(buffer[0]).isEqualTo((byte) i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldCloseAnAllocationAndItsSocket(boolean epoll) throws Exception {
        // given
        start(epoll, LOOPBACK, 2);
        long before = openFiles();
        try (TestTurnClient client = client();
                TestTurnClient other = client()) {
            InetSocketAddress relayed = client.allocate();
            other.allocate();

            // when
            assertThat(relay.close(viewOf(client).id()).toCompletableFuture().get(5, TimeUnit.SECONDS))
                    .isTrue();

            // then: the port is free, the client is told on asking
            assertThat(becomesFree(relayed.getPort())).isTrue();
            assertThat(client.refresh(600).errorCode()).isEqualTo(437);
            assertThat(relay.close(new UUID(1, 2)).toCompletableFuture().get(5, TimeUnit.SECONDS))
                    .isFalse();

            // when
            assertThat(relay.closeOf(TestPolicy.USER, CloseReason.REVOKED)
                            .toCompletableFuture()
                            .get(5, TimeUnit.SECONDS))
                    .isEqualTo(1);
            assertThat(other.refresh(0).errorCode()).isEqualTo(437);
        }
        assertThat(openFilesDownTo(before)).isEqualTo(before);
    }

    /** NIO closes a socket when it selects the next time. */
    private long openFilesDownTo(long expected) throws Exception {
        for (int i = 0; i < 100 && openFiles() > expected; i++) {
            relay.allocations().toCompletableFuture().get(5, TimeUnit.SECONDS);
        }
        return openFiles();
    }

    /** Likewise. */
    private boolean becomesFree(int port) throws Exception {
        for (int i = 0; i < 100; i++) {
            try {
                new DatagramSocket(port, LOOPBACK).close();
                return true;
            } catch (BindException e) {
                relay.allocations().toCompletableFuture().get(5, TimeUnit.SECONDS);
            }
        }
        return false;
    }

    private static long openFiles() {
        String[] files = new File("/proc/self/fd").list();
        return files == null ? 0 : files.length;
    }

    private AllocationView viewOf(TestTurnClient client) throws Exception {
        return relay.allocations().toCompletableFuture().get(5, TimeUnit.SECONDS).stream()
                .filter(view -> view.client().toSocketAddress().equals(client.local()))
                .findFirst()
                .orElseThrow();
    }

    private AllocationView onlyAllocation() throws Exception {
        List<AllocationView> all = relay.allocations().toCompletableFuture().get(5, TimeUnit.SECONDS);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private void start(boolean epoll, InetAddress address, int loops) throws IOException {
        Ipv6.requireFor(address);
        relay = TurnRelay.start(
                new RelaySettings(
                        List.of(RelayListener.udp(address, 0)),
                        List.of(),
                        RelayListener.OFF,
                        null,
                        49_152,
                        65_535,
                        loops,
                        0,
                        1 << 20,
                        epoll,
                        TurnSettings.of(TestPolicy.REALM),
                        StreamLimits.DEFAULT),
                policy,
                TurnEvents.NONE);
    }

    private TestTurnClient client() throws IOException {
        return new TestTurnClient(relay.endpoints().get(0).bound());
    }

    private DatagramPacket receive(DatagramSocket socket) throws IOException {
        socket.setSoTimeout(5_000);
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        return packet;
    }

    private static InetSocketAddress address(DatagramSocket socket) {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
