package io.convoke.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.media.relay.stream.StreamLimits;
import io.convoke.media.udp.DatagramFlow;
import io.convoke.media.udp.DatagramPlane;
import io.convoke.media.udp.DatagramPort;
import io.convoke.media.udp.PortOptions;
import io.convoke.protocols.turn.TransportAddress;
import io.convoke.protocols.turn.TurnSettings;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bursts as they come with UDP_SEGMENT and UDP_GRO: every datagram, whole and in order, both ways. */
class RelayBurstTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int CHANNEL = TestTurnClient.CHANNEL;
    private static final int BUFFERED_BYTES = 100_000;

    private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
    private MultiThreadIoEventLoopGroup group;
    private IoEventLoop loop;
    private DatagramPlane plane;
    private TurnRelay relay;
    private TestTurnClient client;
    private DatagramPort peer;
    private InetSocketAddress relayed;

    @BeforeEach
    void open() throws Exception {
        group = new MultiThreadIoEventLoopGroup(1, DatagramPlane.io());
        loop = group.next();
        plane = onLoop(() -> new DatagramPlane(loop));
        peer = onLoop(() -> plane.bind(
                new InetSocketAddress(LOOPBACK, 0),
                PortOptions.fast().buffers(0, 1 << 20),
                (port, high, low, sender, offset, length, segment) -> {
                    for (int at = offset; at < offset + length; at += segment) {
                        byte[] bytes = new byte[Math.min(segment, offset + length - at)];
                        plane.memory().get(at, bytes);
                        received.add(bytes);
                    }
                }));
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        relay.close();
        onLoop(() -> {
            plane.close();
            return null;
        });
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).await();
    }

    /** The peer's bursts reach the client as single datagrams, as its plain socket does not join them. */
    @ParameterizedTest
    @CsvSource({"true, 1", "true, 172", "true, 1200", "true, 1472", "true, 9000", "false, 1200"})
    void shouldRelayBurstsOfAPeer(boolean epoll, int length) throws Exception {
        // given
        start(epoll);
        Random random = new Random(length);
        for (int burst : new int[] {2, 8, 32, 64, 31}) {
            List<byte[]> sent = burst(random, burst, length);

            // when
            onLoop(() -> {
                DatagramFlow flow = flow(peer, relayed);
                sent.forEach(bytes -> flow.sendCopy(bytes, 0, bytes.length));
                return null;
            });

            // then
            for (byte[] expected : sent) {
                assertThat(client.receiveChannel(CHANNEL)).isEqualTo(expected);
            }
        }
    }

    /** A client that sends from a port of the plane: its allocation was made through the same port by the plain client's messages. */
    @ParameterizedTest
    @CsvSource({"true, 1", "true, 172", "true, 1200", "true, 1472", "true, 9000", "false, 1200"})
    void shouldRelayBurstsOfAClient(boolean epoll, int length) throws Exception {
        // given
        start(epoll);
        InetSocketAddress source = client.local();
        client.close();
        DatagramPort bursting = onLoop(
                () -> plane.bind(source, PortOptions.fast(), (port, high, low, sender, offset, bytes, segment) -> {}));
        Random random = new Random(length);
        for (int burst : new int[] {2, 8, 32, 64, 31}) {
            List<byte[]> sent = burst(random, burst, length);

            // when
            onLoop(() -> {
                DatagramFlow flow = flow(bursting, relay.endpoints().get(0).bound());
                for (byte[] data : sent) {
                    byte[] message = TestTurnClient.channelData(CHANNEL, data);
                    flow.sendCopy(message, 0, message.length);
                }
                return null;
            });

            // then
            for (byte[] expected : sent) {
                assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo(expected);
            }
        }
    }

    /** Equal lengths with shorter ones at their ends and between them, and one longer. */
    private static List<byte[]> burst(Random random, int count, int length) {
        List<byte[]> all = new ArrayList<>();
        int fitting = Math.min(count, BUFFERED_BYTES / length); // what a socket with the system's buffer holds
        for (int i = 0; i < fitting; i++) {
            int own = i == fitting / 2 ? length + 3 : i == fitting - 1 ? Math.max(1, length / 2) : length;
            byte[] bytes = new byte[own];
            random.nextBytes(bytes);
            all.add(bytes);
        }
        return all;
    }

    private void start(boolean epoll) throws Exception {
        relay = TurnRelay.start(
                new RelaySettings(
                        List.of(RelayListener.udp(LOOPBACK, 0)),
                        List.of(),
                        RelayListener.OFF,
                        null,
                        49_152,
                        65_535,
                        1,
                        0,
                        1 << 20,
                        epoll,
                        TurnSettings.of(TestPolicy.REALM),
                        StreamLimits.DEFAULT),
                new TestPolicy(),
                TurnEvents.NONE);
        client = new TestTurnClient(relay.endpoints().get(0).bound());
        relayed = client.allocate();
        client.bind(CHANNEL, peer.local());
    }

    private static DatagramFlow flow(DatagramPort from, InetSocketAddress to) {
        TransportAddress address = TransportAddress.of(to);
        return from.flow(address.high(), address.low(), address.port());
    }

    private <T> T onLoop(Callable<T> task) throws IOException {
        try {
            return loop.submit(task).get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IOException("Expected the loop to do it", e);
        }
    }
}
