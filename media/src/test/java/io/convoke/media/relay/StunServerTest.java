package io.convoke.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.media.client.SoftStun;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StunServerTest {
    private static final int PER_SECOND = 50;

    private StunServer server;
    private DatagramSocket client;

    @BeforeEach
    void start() throws Exception {
        server = StunServer.start(List.of(InetAddress.getLoopbackAddress()), 0, PER_SECOND);
        client = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        client.setSoTimeout(10_000);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void shouldTellAClientItsAddress() throws Exception {
        // given
        byte[] request = SoftStun.plainBinding();

        // when
        send(request);
        byte[] answer = receive();

        // then
        ByteBuffer bytes = ByteBuffer.wrap(answer);
        assertThat(answer).hasSize(32);
        assertThat(bytes.getShort(0)).isEqualTo((short) 0x0101);
        assertThat(Arrays.copyOfRange(answer, 8, 20)).isEqualTo(Arrays.copyOfRange(request, 8, 20));
        assertThat(bytes.getShort(20)).isEqualTo((short) 0x0020);
        assertThat((bytes.getShort(26) & 0xFFFF) ^ 0x2112).isEqualTo(client.getLocalPort());
        assertThat(bytes.getInt(28) ^ 0x2112A442).isEqualTo(0x7F000001);
        assertThat(server.counters().answered()).isEqualTo(1);
    }

    @Test
    void shouldNameAttributesItDoesNotUnderstand() throws Exception {
        // given
        byte[] request = ByteBuffer.allocate(24)
                .put(SoftStun.plainBinding())
                .putShort((short) 0x0025)
                .putShort((short) 0)
                .putShort(2, (short) 4)
                .array();

        // when
        send(request);
        byte[] answer = receive();

        // then
        assertThat(ByteBuffer.wrap(answer).getShort(0)).isEqualTo((short) 0x0111);
        assertThat(answer).endsWith(0, 0x0A, 0, 2, 0, 0x25, 0, 0);
    }

    @Test
    void shouldDropWhatIsNoBindingRequest() throws Exception {
        // given
        byte[] indication = SoftStun.plainBinding();
        indication[1] = 0x11;
        byte[] allocate = SoftStun.plainBinding();
        allocate[1] = 0x03;

        // when
        send(indication);
        send(allocate);
        send(new byte[] {1, 2, 3});
        send(SoftStun.plainBinding());
        receive();

        // then
        assertThat(server.counters()).isEqualTo(new RelayCounters(4, 1, 1, 2, 0));
    }

    @Test
    void shouldLimitEachSource() throws Exception {
        // when
        for (int i = 1; i <= 4 * PER_SECOND; i++) {
            send(SoftStun.plainBinding());
            while (server.counters().answered() + server.counters().limited() < i) {
                Thread.onSpinWait();
            }
        }

        // then
        RelayCounters counters = server.counters();
        assertThat(counters.answered())
                .isBetween((long) PER_SECOND, 3L * PER_SECOND); // one window, or a few on a slow machine
        assertThat(counters.limited()).isEqualTo(4 * PER_SECOND - counters.answered());
    }

    private void send(byte[] bytes) throws Exception {
        client.send(new DatagramPacket(bytes, bytes.length, server.listeners().get(0)));
    }

    private byte[] receive() throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        client.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }
}
