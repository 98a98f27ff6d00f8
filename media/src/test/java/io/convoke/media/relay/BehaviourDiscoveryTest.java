package io.convoke.media.relay;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.media.relay.stream.StreamLimits;
import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.stun.StunWriter;
import io.convoke.protocols.turn.TurnSettings;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5780 with two loopback addresses: which socket answers. */
class BehaviourDiscoveryTest {
    private static final int CHANGE_IP = 4;
    private static final int CHANGE_PORT = 2;

    private TurnRelay relay;
    private DatagramSocket client;

    @AfterEach
    void close() {
        client.close();
        relay.close();
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "true, 3", "false, 1", "false, 3"})
    void shouldAnswerFromWhereItIsAskedTo(boolean epoll, int loops) throws Exception {
        // given
        start(epoll, loops);
        InetSocketAddress main = relay.endpoints().get(0).bound();

        // when
        StunMessage plain = ask(main, request -> request, main);

        // then
        InetSocketAddress other = requireNonNull(plain.address(StunAttribute.OTHER_ADDRESS));
        assertThat(plain.address(StunAttribute.RESPONSE_ORIGIN)).isEqualTo(main);
        assertThat(other.getAddress()).isEqualTo(InetAddress.getByName("127.0.0.2"));
        assertThat(other.getPort()).isNotEqualTo(main.getPort());
        for (int change : new int[] {CHANGE_IP, CHANGE_PORT, CHANGE_IP | CHANGE_PORT}) {
            InetSocketAddress expected = new InetSocketAddress(
                    (change & CHANGE_IP) == 0 ? main.getAddress() : other.getAddress(),
                    (change & CHANGE_PORT) == 0 ? main.getPort() : other.getPort());
            ask(main, request -> request.number(StunAttribute.CHANGE_REQUEST, change), expected);
        }
        ask(other, request -> request.number(StunAttribute.CHANGE_REQUEST, CHANGE_IP | CHANGE_PORT), main);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldAnswerToThePortThatIsNamed(boolean epoll) throws Exception {
        start(epoll, 1);
        InetSocketAddress main = relay.endpoints().get(0).bound();
        try (DatagramSocket second = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            // when
            byte[] request = StunWriter.begin(StunType.BINDING_REQUEST, new byte[12])
                    .number(StunAttribute.RESPONSE_PORT, (long) second.getLocalPort() << 16)
                    .finish();
            client.send(new DatagramPacket(request, request.length, main));

            // then
            DatagramPacket packet = receive(second);
            assertThat(packet.getSocketAddress()).isEqualTo(main);
        }
    }

    private void start(boolean epoll, int loops) throws IOException {
        client = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
        relay = TurnRelay.start(
                new RelaySettings(
                        List.of(
                                RelayListener.udp(InetAddress.getByName("127.0.0.1"), 0),
                                RelayListener.udp(InetAddress.getByName("127.0.0.2"), 0)),
                        List.of(),
                        0,
                        null,
                        49_152,
                        65_535,
                        loops,
                        0,
                        0,
                        epoll,
                        TurnSettings.of(TestPolicy.REALM),
                        StreamLimits.DEFAULT),
                new TestPolicy(),
                TurnEvents.NONE);
    }

    private StunMessage ask(InetSocketAddress to, UnaryOperator<StunWriter> more, InetSocketAddress expectedFrom)
            throws IOException {
        byte[] request = more.apply(StunWriter.begin(StunType.BINDING_REQUEST, new byte[12]))
                .finish();
        client.send(new DatagramPacket(request, request.length, to));
        DatagramPacket packet = receive(client);
        assertThat(packet.getSocketAddress()).isEqualTo(expectedFrom);
        return requireNonNull(StunMessage.parse(packet.getData(), 0, packet.getLength()));
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        socket.setSoTimeout(5_000);
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.receive(packet);
        return packet;
    }
}
