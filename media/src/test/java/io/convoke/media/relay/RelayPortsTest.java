package io.convoke.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.media.relay.stream.StreamLimits;
import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.turn.CloseReason;
import io.convoke.protocols.turn.TurnFeatures;
import io.convoke.protocols.turn.TurnLimits;
import io.convoke.protocols.turn.TurnSettings;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayPortsTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    /** Not of those that the system gives to others. */
    private static final int FIRST = 61_480;

    private static final int PORTS = 8;

    private final TestPolicy policy = new TestPolicy();
    private final List<TestTurnClient> clients = new ArrayList<>();
    private final BlockingQueue<CloseReason> freed = new LinkedBlockingQueue<>();
    private TurnRelay relay;

    @AfterEach
    void close() {
        clients.forEach(TestTurnClient::close);
        relay.close();
        assertThat(policy.granted).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldAnswer508WhenAllPortsAreTakenAndGoOnWhenOneIsFree(boolean epoll) throws Exception {
        // given: another program has one of the ports
        DatagramSocket other = new DatagramSocket(FIRST + 3, LOOPBACK);
        try (other) {
            start(epoll, TurnLimits.DEFAULT);
            Set<Integer> ports = new HashSet<>();
            for (int i = 0; i < PORTS - 1; i++) {
                ports.add(client().allocate().getPort());
            }
            assertThat(ports).hasSize(PORTS - 1).doesNotContain(other.getLocalPort());

            // when
            TestTurnClient late = client();
            StunMessage refused = allocate(late);

            // then
            assertThat(refused.errorCode()).isEqualTo(508);

            // when
            clients.get(0).refresh(0);

            // then: at once, or when NIO has selected and so closed the socket
            StunMessage answer = allocate(late);
            for (int i = 0; i < 100 && !epoll && answer.errorCode() == 508; i++) {
                answer = allocate(late);
            }
            assertThat(answer.errorCode()).isEqualTo(TestTurnClient.NO_ERROR);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldGiveEvenPortsOnlyWhereAsked(boolean epoll) throws Exception {
        start(epoll, TurnLimits.DEFAULT);

        for (int i = 0; i < PORTS / 2; i++) {
            assertThat(client().allocate(request -> request.attribute(StunAttribute.EVEN_PORT, new byte[1]))
                                    .getPort()
                            % 2)
                    .isZero();
        }
        assertThat(client().ask(
                                StunType.ALLOCATE_REQUEST,
                                request -> request.attribute(StunAttribute.REQUESTED_TRANSPORT, TestTurnClient.UDP)
                                        .attribute(StunAttribute.EVEN_PORT, new byte[1]))
                        .errorCode())
                .isEqualTo(508);
        assertThat(client().allocate().getPort() % 2).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldCloseWhatExpires(boolean epoll) throws Exception {
        // given: lifetimes of a second
        start(epoll, new TurnLimits(1, 1, 8, 8, 8, 3600, TurnLimits.AnonymousRate.DEFAULT));
        for (int i = 0; i < PORTS; i++) {
            client().allocate();
        }
        assertThat(allocate(client()).errorCode()).isEqualTo(508);

        // when
        for (int i = 0; i < PORTS; i++) {
            assertThat(freed.poll(10, TimeUnit.SECONDS)).isEqualTo(CloseReason.EXPIRED);
        }

        // then
        assertThat(relay.allocations().toCompletableFuture().get(5, TimeUnit.SECONDS))
                .isEmpty();
        for (int i = 0; i < PORTS; i++) {
            assertThat(client().allocate()).isNotNull();
        }
    }

    @Test
    void shouldSayThatThereAreNoPortsOfAFamily() throws Exception {
        start(true, TurnLimits.DEFAULT);

        assertThat(client().ask(
                                StunType.ALLOCATE_REQUEST,
                                request -> request.attribute(StunAttribute.REQUESTED_TRANSPORT, TestTurnClient.UDP)
                                        .attribute(StunAttribute.REQUESTED_ADDRESS_FAMILY, TestTurnClient.IPV6))
                        .errorCode())
                .isEqualTo(440);
    }

    @Test
    void shouldTellClientsThePublicAddressAndRelayBetweenThem() throws Exception {
        // given: 127.0.0.1 is known outside as 192.0.2.7
        InetAddress outside = InetAddress.getByName("192.0.2.7");
        relay = TurnRelay.start(
                settings(
                        true,
                        List.of(new RelayListener(LOOPBACK, outside, 0, -1, -1, -1)),
                        RelayListener.OFF,
                        TurnLimits.DEFAULT),
                policy,
                TurnEvents.NONE);

        // when
        InetSocketAddress first = client().allocate();
        InetSocketAddress second = client().allocate();
        clients.get(0).bind(TestTurnClient.CHANNEL, second);
        clients.get(1).permit(outside);
        clients.get(0).sendChannel(TestTurnClient.CHANNEL, new byte[] {1, 2});

        // then
        assertThat(first.getAddress()).isEqualTo(outside);
        TestTurnClient.Data data = clients.get(1).receiveIndication();
        assertThat(data.peer()).isEqualTo(first);
        assertThat(data.bytes()).containsExactly(1, 2);

        // when
        clients.get(1).sendIndication(first, new byte[] {3}, false);

        // then
        assertThat(clients.get(0).receiveChannel(TestTurnClient.CHANNEL)).containsExactly(3);
    }

    private void start(boolean epoll, TurnLimits limits) throws IOException {
        relay = TurnRelay.start(
                settings(epoll, List.of(RelayListener.udp(LOOPBACK, 0)), RelayListener.OFF, limits),
                policy,
                new TurnEvents() {
                    @Override
                    public void allocated(AllocationView allocation) {}

                    @Override
                    public void freed(AllocationView allocation, CloseReason why) {
                        freed.add(why);
                    }
                });
    }

    private static RelaySettings settings(
            boolean epoll, List<RelayListener> listeners, int alternatePort, TurnLimits limits) {
        return new RelaySettings(
                listeners,
                List.of(),
                alternatePort,
                null,
                FIRST,
                FIRST + PORTS - 1,
                2,
                0,
                0,
                epoll,
                new TurnSettings(TestPolicy.REALM, "", true, true, TurnFeatures.ALL, limits),
                StreamLimits.DEFAULT);
    }

    private TestTurnClient client() throws IOException {
        TestTurnClient client = new TestTurnClient(relay.endpoints().get(0).bound());
        clients.add(client);
        return client;
    }

    private static StunMessage allocate(TestTurnClient client) throws IOException {
        return client.ask(
                StunType.ALLOCATE_REQUEST,
                request -> request.attribute(StunAttribute.REQUESTED_TRANSPORT, TestTurnClient.UDP));
    }
}
