package io.convoke.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.media.relay.stream.StreamLimits;
import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.turn.TurnSettings;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several loops: the kernel spreads clients over them, and what belongs together finds together. */
class RelayLoopsTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int CHANNEL = TestTurnClient.CHANNEL;
    private static final int CLIENTS = 24;

    private final TestPolicy policy = new TestPolicy();
    private final List<TestTurnClient> clients = new ArrayList<>();
    private TurnRelay relay;

    @AfterEach
    void close() throws IOException {
        for (TestTurnClient client : clients) {
            client.close();
        }
        relay.close();
        assertThat(policy.granted).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldServeClientsOnAllLoops(boolean epoll) throws Exception {
        // given
        start(epoll, 4);
        try (DatagramSocket peer = peer()) {
            Set<InetSocketAddress> relayed = new HashSet<>();

            // when
            for (int i = 0; i < CLIENTS; i++) {
                TestTurnClient client = client();
                relayed.add(client.allocate());
                client.bind(CHANNEL, address(peer));
                client.sendChannel(CHANNEL, new byte[] {(byte) i});

                // then
                DatagramPacket packet = receive(peer);
                assertThat(packet.getData()[0]).isEqualTo((byte) i);
                peer.send(packet);
                assertThat(client.receiveChannel(CHANNEL)).containsExactly(i);
            }
            assertThat(relayed).hasSize(CLIENTS);
            assertThat(allocations()).hasSize(CLIENTS);
        }
    }

    /** The socket that a moved client's packets come to is drawn by the kernel: over many, most are other loops' than before. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldMoveAllocationsBetweenLoops(boolean epoll) throws Exception {
        // given
        start(epoll, 4);
        try (DatagramSocket peer = peer()) {
            for (int i = 0; i < CLIENTS; i++) {
                TestTurnClient before = client();
                before.allocate(request -> request.attribute(StunAttribute.MOBILITY_TICKET, new byte[0]));
                before.bind(CHANNEL, address(peer));
                TestTurnClient after = client();

                // when
                StunMessage moved = after.ask(
                        StunType.REFRESH_REQUEST,
                        request -> request.attribute(StunAttribute.MOBILITY_TICKET, before.ticket()));

                // then
                assertThat(moved.errorCode()).isEqualTo(TestTurnClient.NO_ERROR);
                after.sendChannel(CHANNEL, new byte[] {(byte) i});
                DatagramPacket packet = receive(peer);
                assertThat(packet.getData()[0]).isEqualTo((byte) i);
                peer.send(packet);
                assertThat(after.receiveChannel(CHANNEL)).containsExactly(i);
                assertThat(viewsOf(after)).hasSize(1);
                assertThat(viewsOf(before)).isEmpty();
                assertThat(after.refresh(i % 2 == 0 ? 0 : 600).errorCode()).isEqualTo(TestTurnClient.NO_ERROR);
                if (i % 2 == 0) {
                    assertThat(after.allocate()).isNotNull(); // the 5-tuple is free again
                }
            }
            assertThat(allocations()).hasSize(CLIENTS);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldFindReservedPortsOfOtherLoops(boolean epoll) throws Exception {
        // given
        start(epoll, 4);
        for (int i = 0; i < CLIENTS; i++) {
            TestTurnClient rtp = client();
            StunMessage first = rtp.ask(
                    StunType.ALLOCATE_REQUEST,
                    request -> request.attribute(StunAttribute.REQUESTED_TRANSPORT, TestTurnClient.UDP)
                            .attribute(StunAttribute.EVEN_PORT, new byte[] {(byte) 0x80}));
            byte[] token = first.attribute(StunAttribute.RESERVATION_TOKEN);
            InetSocketAddress even = first.xorAddress(StunAttribute.XOR_RELAYED_ADDRESS);
            assertThat(even).isNotNull();
            assertThat(token).isNotNull();

            // when
            InetSocketAddress odd =
                    client().allocate(request -> request.attribute(StunAttribute.RESERVATION_TOKEN, token));

            // then
            assertThat(even.getPort() % 2).isZero();
            assertThat(odd.getPort()).isEqualTo(even.getPort() + 1);
        }
        assertThat(relay.drain().toCompletableFuture().get(5, TimeUnit.SECONDS)).isEqualTo(2 * CLIENTS);
        assertThat(allocations()).isEmpty();
    }

    private void start(boolean epoll, int loops) throws IOException {
        relay = TurnRelay.start(
                new RelaySettings(
                        List.of(RelayListener.udp(LOOPBACK, 0)),
                        List.of(),
                        RelayListener.OFF,
                        null,
                        49_152,
                        65_535,
                        loops,
                        0,
                        0,
                        epoll,
                        TurnSettings.of(TestPolicy.REALM),
                        StreamLimits.DEFAULT),
                policy,
                TurnEvents.NONE);
    }

    private List<AllocationView> allocations() throws Exception {
        return relay.allocations().toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    private List<AllocationView> viewsOf(TestTurnClient client) throws Exception {
        return allocations().stream()
                .filter(view -> view.client().toSocketAddress().equals(client.local()))
                .toList();
    }

    private TestTurnClient client() throws IOException {
        TestTurnClient client = new TestTurnClient(relay.endpoints().get(0).bound());
        clients.add(client);
        return client;
    }

    private static DatagramSocket peer() throws IOException {
        DatagramSocket socket = new DatagramSocket(0, LOOPBACK);
        socket.setSoTimeout(5_000);
        return socket;
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.receive(packet);
        return new DatagramPacket(
                Arrays.copyOf(packet.getData(), packet.getLength()), packet.getLength(), packet.getSocketAddress());
    }

    private static InetSocketAddress address(DatagramSocket socket) {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }
}
