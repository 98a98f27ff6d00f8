package io.convoke.media.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.convoke.media.Ipv6;
import io.convoke.media.relay.stream.StreamLimits;
import io.convoke.media.tcp.TestIdentity;
import io.convoke.protocols.turn.Transport;
import io.convoke.protocols.turn.TurnSettings;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The relay's clients over TCP, TLS and DTLS. */
class TurnRelayStreamTest {
    private static final int CHANNEL = TestTurnClient.CHANNEL;
    private static final int TIMEOUT_MILLIS = 5_000;

    private final TestPolicy policy = new TestPolicy();
    private TurnRelay relay;

    @AfterEach
    void close() {
        if (relay != null) {
            relay.close();
        }
        assertThat(policy.granted).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({
        "true, TCP, 127.0.0.1",
        "true, TLS, 127.0.0.1",
        "true, DTLS, 127.0.0.1",
        "true, TCP, ::1",
        "true, TLS, ::1",
        "true, DTLS, ::1",
        "false, TCP, 127.0.0.1",
        "false, TLS, 127.0.0.1",
        "false, DTLS, 127.0.0.1"
    })
    void shouldRelayBothWays(boolean epoll, Transport transport, String address) throws Exception {
        // given
        InetAddress ip = InetAddress.getByName(address);
        start(epoll, ip, 2, StreamLimits.DEFAULT);
        try (TestTurnClient client = client(transport);
                DatagramSocket peer = new DatagramSocket(0, ip)) {
            peer.setSoTimeout(TIMEOUT_MILLIS);
            InetSocketAddress relayed = client.allocateLike(ip);
            InetSocketAddress peerAddress = (InetSocketAddress) peer.getLocalSocketAddress();
            assertThat(client.bind(CHANNEL, peerAddress)).isEqualTo(TestTurnClient.NO_ERROR);
            Random random = new Random(1);
            for (int length : new int[] {0, 1, 3, 172, 1200, 8000}) {
                byte[] data = new byte[length];
                random.nextBytes(data);

                // when
                client.sendChannel(CHANNEL, data);

                // then
                DatagramPacket packet = new DatagramPacket(new byte[10_000], 10_000);
                peer.receive(packet);
                assertThat(packet.getSocketAddress()).isEqualTo(relayed);
                assertThat(Arrays.copyOf(packet.getData(), packet.getLength())).isEqualTo(data);

                // when
                peer.send(new DatagramPacket(data, data.length, relayed));

                // then
                assertThat(client.receiveChannel(CHANNEL)).isEqualTo(data);

                // when
                client.sendIndication(peerAddress, data, false);
                peer.receive(packet);

                // then
                assertThat(packet.getLength()).isEqualTo(length);
            }
            AllocationView view = onlyAllocation();
            assertThat(view.transport()).isEqualTo(transport);
            assertThat(view.client().toSocketAddress()).isEqualTo(client.local());
        }
    }

    @ParameterizedTest
    @CsvSource({"true, TCP", "true, TLS", "true, DTLS", "false, TCP", "false, TLS", "false, DTLS"})
    void shouldFreeTheAllocationWhenTheClientIsGone(boolean epoll, Transport transport) throws Exception {
        // given
        start(epoll, InetAddress.getLoopbackAddress(), 2, StreamLimits.DEFAULT);
        TestTurnClient client = client(transport);
        client.allocate();
        assertThat(policy.granted).hasValue(1);

        // when
        client.close();

        // then
        for (int i = 0; i < 1000 && policy.granted.get() > 0; i++) {
            assertThat(allocations()).hasSizeLessThan(2);
        }
        assertThat(policy.granted).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({"true, TCP", "true, TLS", "true, DTLS", "false, TCP", "false, TLS", "false, DTLS"})
    void shouldCloseTheConnectionWithTheAllocation(boolean epoll, Transport transport) throws Exception {
        // given
        start(epoll, InetAddress.getLoopbackAddress(), 1, StreamLimits.DEFAULT);
        try (TestTurnClient client = client(transport)) {
            client.allocate();
            UUID id = onlyAllocation().id();

            // when
            assertThat(relay.close(id).toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .isTrue();

            // then
            assertThatThrownBy(() -> client.refresh(600)).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, TCP", "true, TLS", "false, TCP", "false, TLS"})
    void shouldLoseNothingOfOthersWhenOneClientDoesNotRead(boolean epoll, Transport transport) throws Exception {
        // given
        start(epoll, InetAddress.getLoopbackAddress(), 1, StreamLimits.DEFAULT);
        List<TestTurnClient> readers = new ArrayList<>();
        try (TestTurnClient stuck = client(transport);
                DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            InetSocketAddress peerAddress = (InetSocketAddress) peer.getLocalSocketAddress();
            InetSocketAddress toStuck = stuck.allocate();
            stuck.bind(CHANNEL, peerAddress);
            List<InetSocketAddress> toReaders = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                TestTurnClient reader = client(transport);
                readers.add(reader);
                toReaders.add(reader.allocate());
                reader.bind(CHANNEL, peerAddress);
            }
            byte[] data = new byte[8000];

            // when: far more than the sockets' buffers hold, and the others get theirs meanwhile
            for (int round = 0; round < 2000; round++) {
                peer.send(new DatagramPacket(data, data.length, toStuck));
                if (round % 20 == 0) {
                    for (int i = 0; i < 3; i++) {
                        peer.send(new DatagramPacket(data, round / 20, toReaders.get(i)));

                        // then
                        assertThat(readers.get(i).receiveChannel(CHANNEL)).hasSize(round / 20);
                    }
                }
            }
            assertThat(allocations()).hasSize(4);
        } finally {
            for (TestTurnClient reader : readers) {
                reader.close();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true, TCP", "true, TLS", "true, DTLS", "false, DTLS"})
    void shouldSayGoodbyeWhenItStops(boolean epoll, Transport transport) throws Exception {
        // given
        start(epoll, InetAddress.getLoopbackAddress(), 2, StreamLimits.DEFAULT);
        try (TestTurnClient client = client(transport)) {
            client.allocate();

            // when
            relay.close();
            relay = null;

            // then
            assertThatThrownBy(() -> client.refresh(600)).isInstanceOf(IOException.class);
        }
    }

    private TestTurnClient client(Transport transport) throws Exception {
        InetSocketAddress server = relay.endpoints().stream()
                .filter(endpoint -> endpoint.transport() == transport)
                .findFirst()
                .orElseThrow()
                .bound();
        return new TestTurnClient(
                switch (transport) {
                    case UDP -> new TestWire.Udp(server);
                    case TCP -> new TestWire.Stream(new Socket(server.getAddress(), server.getPort()));
                    case TLS ->
                        new TestWire.Stream(TestIdentity.anonymous()
                                .getSocketFactory()
                                .createSocket(server.getAddress(), server.getPort()));
                    case DTLS -> new TestDtlsWire(server);
                });
    }

    private void start(boolean epoll, InetAddress address, int loops, StreamLimits limits) throws Exception {
        Ipv6.requireFor(address);
        TestIdentity identity = TestIdentity.of("relay.example.org");
        RelaySettings settings = new RelaySettings(
                List.of(new RelayListener(address, null, RelayListener.OFF, 0, 0, 0)),
                List.of(),
                RelayListener.OFF,
                new RelayTls(identity.pair().getPrivate(), List.of(identity.certificate())),
                49_152,
                65_535,
                loops,
                0,
                0,
                epoll,
                TurnSettings.of(TestPolicy.REALM),
                limits);
        relay = TurnRelay.start(settings, policy, TurnEvents.NONE);
    }

    private List<AllocationView> allocations() throws Exception {
        return relay.allocations().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private AllocationView onlyAllocation() throws Exception {
        List<AllocationView> all = allocations();
        assertThat(all).hasSize(1);
        return all.get(0);
    }
}
