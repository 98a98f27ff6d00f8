package io.convoke.media.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoke.media.Ipv6;
import io.convoke.protocols.turn.TransportAddress;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatagramPlaneTest {
    private static final long WAIT_SECONDS = 10;
    private static final PortOptions PLAIN = new PortOptions(false, false, false, true, 0, 1 << 20);
    private static final PortOptions FAST = PortOptions.fast().buffers(0, 1 << 20);

    private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
    private MultiThreadIoEventLoopGroup group;
    private IoEventLoop loop;
    private DatagramPlane plane;

    @AfterEach
    void close() throws Exception {
        onLoop(() -> {
            plane.close();
            return null;
        });
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).await();
    }

    @ParameterizedTest
    @CsvSource({
        "epoll, 127.0.0.1, true",
        "epoll, 127.0.0.1, false",
        "epoll, ::1, true",
        "epoll, ::1, false",
        "nio, 127.0.0.1, true",
        "nio, ::1, true"
    })
    void shouldCarryEveryDatagramInOrder(String io, String address, boolean fast) throws Exception {
        // given
        start(io);
        DatagramPort to = bind(address, fast ? FAST : PLAIN, this::collect);
        DatagramPort from = bind(address, fast ? FAST : PLAIN, this::collect);
        Random random = new Random(7);
        List<byte[]> sent = new ArrayList<>();
        for (int run = 0; run < 40; run++) {
            // Runs of one length and single ones of another, empty ones too.
            int length = run % 5 == 0 ? 0 : 1 + random.nextInt(1400);
            for (int i = random.nextInt(9); i >= 0; i--) {
                sent.add(bytes(random, length));
            }
        }

        // when
        onLoop(() -> {
            DatagramFlow flow = flow(from, to);
            sent.forEach(bytes -> flow.sendCopy(bytes, 0, bytes.length));
            return null;
        });

        // then
        for (byte[] expected : sent) {
            assertThat(next()).isEqualTo(expected);
        }
        PlaneCounters counters = onLoop(plane::counters);
        assertThat(counters.sentDatagrams()).isEqualTo(sent.size());
        assertThat(counters.receivedDatagrams()).isEqualTo(sent.size());
        assertThat(counters.dropped()).isZero();
        if (fast && io.equals("epoll")) {
            assertThat(counters.sentMessages()).isLessThan(sent.size() / 2);
            assertThat(counters.receivedMessages()).isLessThan(sent.size() / 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void shouldCarrySingleDatagramsAndBurstsInTurns(String io) throws Exception {
        // given: enough single ones that the way of receiving changes, then bursts, and back
        start(io);
        DatagramPort to = bind("127.0.0.1", FAST.buffers(0, 8 << 20), this::collect);
        DatagramPort single = bind("127.0.0.1", PLAIN, this::collect);
        DatagramPort bursts = bind("127.0.0.1", FAST, this::collect);
        DatagramFlow one = onLoop(() -> flow(single, to));
        DatagramFlow many = onLoop(() -> flow(bursts, to));
        Random random = new Random(5);
        for (int round = 0; round < 400; round++) {
            List<byte[]> sent = new ArrayList<>();
            int length = 1 + random.nextInt(1400);
            for (int i = 0; i < 40; i++) {
                sent.add(bytes(random, length));
            }
            DatagramFlow flow = round / 100 % 2 == 0 ? one : many;

            // when
            onLoop(() -> {
                sent.forEach(bytes -> flow.sendCopy(bytes, 0, bytes.length));
                return null;
            });

            // then
            for (byte[] expected : sent) {
                assertThat(next()).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void shouldSendOnFromWhereItWasReceivedWithAHeader(String io) throws Exception {
        // given: a middle that sends all on with four bytes before each datagram
        start(io);
        DatagramPort end = bind("127.0.0.1", FAST, this::collect);
        DatagramFlow[] toEnd = new DatagramFlow[1];
        DatagramPort middle = bind("127.0.0.1", FAST, (port, high, low, sender, offset, length, segment) -> {
            for (int at = offset; at < offset + length; at += segment) {
                toEnd[0].send(0x40010203, at, Math.min(segment, offset + length - at));
            }
        });
        DatagramPort from = bind("127.0.0.1", FAST, this::collect);
        Random random = new Random(9);
        List<byte[]> sent = new ArrayList<>();
        for (int length : new int[] {1200, 1200, 1200, 1, 9000, 9000, 300, 300, 299, 65_503}) {
            sent.add(bytes(random, length));
        }

        // when
        onLoop(() -> {
            toEnd[0] = flow(middle, end);
            DatagramFlow flow = flow(from, middle);
            sent.forEach(bytes -> flow.sendCopy(bytes, 0, bytes.length));
            return null;
        });

        // then
        for (byte[] expected : sent) {
            byte[] got = next();
            assertThat(Arrays.copyOf(got, 4)).containsExactly(0x40, 1, 2, 3);
            assertThat(Arrays.copyOfRange(got, 4, got.length)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void shouldSendMoreThanFitsIntoMemoryAtOnce(String io) throws Exception {
        // given
        start(io);
        DatagramPort to = bind("127.0.0.1", FAST.buffers(0, 32 << 20), this::collect);
        DatagramPort from = bind("127.0.0.1", FAST, this::collect);
        byte[] bytes = bytes(new Random(3), 60_000);

        // when
        onLoop(() -> {
            DatagramFlow flow = flow(from, to);
            for (int i = 0; i < 300; i++) {
                flow.sendCopy(bytes, 0, i % 2 == 0 ? 100 : bytes.length);
            }
            return null;
        });

        // then
        PlaneCounters counters = onLoop(plane::counters);
        assertThat(counters.sentDatagrams() + counters.dropped()).isEqualTo(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void shouldDropAndCountWhatTheSystemDoesNotSend(String io) throws Exception {
        // given
        start(io);
        DatagramPort to = bind("127.0.0.1", FAST, this::collect);
        DatagramPort from = bind("127.0.0.1", FAST, this::collect);

        // when
        onLoop(() -> {
            from.flow(0, 0xFFFF_0000_0000L | 0xFFFF_FFFFL, 9).sendCopy(new byte[4], 0, 4); // broadcast is forbidden
            from.flow(0x2001_0db8_0000_0000L, 1, 9).sendCopy(new byte[4], 0, 4); // not of the socket's family
            flow(from, to).sendCopy(new byte[65_510], 0, 65_510);
            flow(from, to).sendCopy(new byte[] {1}, 0, 1);
            return null;
        });

        // then
        assertThat(next()).containsExactly(1);
        assertThat(onLoop(plane::counters).dropped()).isBetween(2L, 3L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void shouldTellThatAPortIsTaken(String io) throws Exception {
        start(io);
        DatagramPort first = bind("127.0.0.1", FAST, this::collect);

        assertThatThrownBy(() -> onLoop(() -> plane.bind(first.local(), FAST, this::collect)))
                .hasRootCauseInstanceOf(BindException.class);
        onLoop(() -> {
            first.close();
            return null;
        });
        assertThat(bindSoon(first.local()).local()).isEqualTo(first.local());
        assertThat(onLoop(plane::openPorts)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void shouldShareAnAddressWhereAsked(String io) throws Exception {
        start(io);
        DatagramPort first = bind("127.0.0.1", FAST.shared(), this::collect);

        assertThat(onLoop(() -> plane.bind(first.local(), FAST.shared(), this::collect))
                        .local())
                .isEqualTo(first.local());
    }

    private void start(String io) throws Exception {
        assumeTrue(io.equals("nio") || DatagramPlane.hasEpoll());
        group = new MultiThreadIoEventLoopGroup(1, io.equals("nio") ? NioIoHandler.newFactory() : DatagramPlane.io());
        loop = group.next();
        plane = onLoop(() -> new DatagramPlane(loop));
    }

    private DatagramPort bind(String address, PortOptions options, DatagramReceiver receiver) throws Exception {
        Ipv6.requireFor(InetAddress.getByName(address));
        return onLoop(() -> plane.bind(new InetSocketAddress(InetAddress.getByName(address), 0), options, receiver));
    }

    /** NIO lets go of a port when it selects the next time, which a loop with one task after the other does not. */
    private DatagramPort bindSoon(InetSocketAddress address) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                return loop.schedule(() -> plane.bind(address, FAST, this::collect), 1, TimeUnit.MILLISECONDS)
                        .get(WAIT_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (attempt == 100) {
                    throw e;
                }
            }
        }
    }

    private static DatagramFlow flow(DatagramPort from, DatagramPort to) {
        TransportAddress address = TransportAddress.of(to.local());
        return from.flow(address.high(), address.low(), address.port());
    }

    private void collect(DatagramPort port, long high, long low, int sender, int offset, int length, int segment) {
        int at = offset;
        do {
            byte[] bytes = new byte[Math.min(segment, offset + length - at)];
            plane.memory().get(at, bytes);
            received.add(bytes);
            at += segment;
        } while (at < offset + length);
    }

    private byte[] next() throws InterruptedException, IOException {
        byte[] bytes = received.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        if (bytes == null) {
            throw new IOException("Expected a datagram, but none came");
        }
        return bytes;
    }

    private <T> T onLoop(Callable<T> task) throws Exception {
        return loop.submit(task).get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
