package io.convoke.media.relay.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.convoke.media.relay.stream.ClientPath;
import io.convoke.media.relay.stream.Io;
import io.convoke.media.relay.stream.StreamLimits;
import io.convoke.media.relay.stream.StreamUser;
import io.convoke.media.tcp.TestIdentity;
import io.convoke.media.udp.DatagramPlane;
import io.convoke.media.udp.PortOptions;
import io.convoke.protocols.dtls.DtlsServerIdentity;
import io.convoke.protocols.turn.TurnLimits;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DtlsPortTest {
    private static final byte[] MESSAGE = "anything".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    /** Answers every message with itself. */
    private static final class Echo implements StreamUser {
        private final ClientPath path;
        private final CountDownLatch gone = new CountDownLatch(1);
        private volatile boolean served;

        private Echo(ClientPath path) {
            this.path = path;
        }

        @Override
        public void message(byte[] bytes, int offset, int length) {
            path.send(bytes, offset, length);
        }

        @Override
        public boolean isServed() {
            return served;
        }

        @Override
        public void gone() {
            gone.countDown();
        }
    }

    private static final class Server implements AutoCloseable {
        private final EventLoopGroup group;
        private final IoEventLoop loop;
        private final DtlsServer shared;
        private final DtlsPort port;
        private final DatagramPlane plane;
        private final InetSocketAddress address;
        private final BlockingQueue<Echo> users = new LinkedBlockingQueue<>();

        private Server(Io io, StreamLimits limits, TestIdentity identity) throws Exception {
            group = io.group(1);
            loop = (IoEventLoop) group.next();
            shared = new DtlsServer(
                    DtlsServerIdentity.of(
                            identity.pair().getPrivate(), List.of(identity.certificate()), new SecureRandom()),
                    limits);
            plane = loop.submit(() -> new DatagramPlane(loop)).get();
            port = loop.submit(() -> DtlsPort.bind(
                            shared,
                            this::opened,
                            loop,
                            plane,
                            7,
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                            PortOptions.fast(),
                            TurnLimits.AnonymousRate.DEFAULT,
                            4))
                    .get();
            address = on(port::local);
        }

        private StreamUser opened(ClientPath path) {
            Echo user = new Echo(path);
            users.add(user);
            return user;
        }

        private <T> T on(Callable<T> task) throws Exception {
            return loop.submit(task).get(10, TimeUnit.SECONDS);
        }

        private Echo user() throws Exception {
            Echo user = users.poll(10, TimeUnit.SECONDS);
            assertThat(user).isNotNull();
            return user;
        }

        private DtlsClient client() throws IOException {
            return new DtlsClient(0, address);
        }

        @Override
        public void close() throws Exception {
            on(() -> {
                port.close();
                plane.close();
                return true;
            });
            shared.close();
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).await();
        }
    }

    @ParameterizedTest
    @EnumSource(Io.class)
    void shouldCarryMessagesBothWays(Io io) throws Exception {
        try (Server server = new Server(io, StreamLimits.DEFAULT, TestIdentity.of("a.example.org"));
                DtlsClient client = server.client().handshake()) {
            // given
            Echo user = server.user();
            assertThat(user.path.listener()).isEqualTo(7);
            assertThat(user.path.remote().getPort()).isEqualTo(client.socket.getLocalPort());

            for (int length : new int[] {1, 20, 1199, 1400}) {
                // when
                byte[] message = new byte[length];
                Arrays.fill(message, (byte) length);
                client.send(message);

                // then
                assertThat(client.receive()).isEqualTo(message);
            }

            // when
            ByteBuffer memory = ByteBuffer.allocateDirect(8).put(2, MESSAGE, 0, 5);
            assertThat(server.on(() -> user.path.sendChannelData(0x40010005, memory, 2, 5)))
                    .isTrue();

            // then: no padding in datagrams
            assertThat(client.receive()).containsExactly(0x40, 1, 0, 5, 'a', 'n', 'y', 't', 'h');
            user.path.send(MESSAGE, 0, MESSAGE.length);
            assertThat(client.receive()).isEqualTo(MESSAGE);
        }
    }

    @ParameterizedTest
    @EnumSource(Io.class)
    void shouldSpeakWithAnRsaKeyToo(Io io) throws Exception {
        try (Server server = new Server(io, StreamLimits.DEFAULT, TestIdentity.rsa("a.example.org"));
                DtlsClient client = server.client().handshake()) {
            client.send(MESSAGE);
            assertThat(client.receive()).isEqualTo(MESSAGE);
        }
    }

    @ParameterizedTest
    @EnumSource(Io.class)
    void shouldHoldNothingBeforeACookieCameBack(Io io) throws Exception {
        try (Server server = new Server(io, StreamLimits.DEFAULT, TestIdentity.of("a.example.org"));
                DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            // given: the first ClientHello of a real client
            byte[] hello = firstHello(server);
            socket.setSoTimeout(10_000);

            // when
            DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
            for (int i = 0; i < 50; i++) {
                socket.send(new DatagramPacket(hello, hello.length, server.address));
                socket.receive(answer);

                // then: a HelloVerifyRequest, shorter than what it answers
                assertThat(answer.getLength()).isLessThan(hello.length);
                assertThat(answer.getData()[13]).isEqualTo((byte) 3);
            }
            assertThat(server.shared.associations()).isZero();
            assertThat(server.shared.counters().challenged()).isGreaterThanOrEqualTo(50);
        }
    }

    @ParameterizedTest
    @EnumSource(Io.class)
    void shouldTakeACookieOnlyFromWhereItWasSent(Io io) throws Exception {
        try (Server server = new Server(io, StreamLimits.DEFAULT, TestIdentity.of("a.example.org"));
                DtlsClient one = server.client();
                DtlsClient other = server.client()) {
            // given
            one.socket.setSoTimeout(10_000);
            other.socket.setSoTimeout(10_000);
            byte[] hello = withCookie(firstHello(server), one.socket);

            // when
            send(other.socket, hello);

            // then: another cookie
            DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
            other.socket.receive(answer);
            assertThat(answer.getData()[13]).isEqualTo((byte) 3);
            assertThat(server.shared.associations()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Io.class)
    void shouldTellOfTheEnd(Io io) throws Exception {
        try (Server server = new Server(io, StreamLimits.DEFAULT, TestIdentity.of("a.example.org"))) {
            // given
            DtlsClient closing = server.client().handshake();
            Echo first = server.user();
            DtlsClient told = server.client().handshake();
            Echo second = server.user();

            // when
            closing.close();
            second.path.close();

            // then
            assertThat(first.gone.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(second.gone.await(10, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(told::receive).isInstanceOf(IOException.class);
            assertThat(server.shared.associations()).isZero();
            assertThat(server.on(() -> second.path.send(MESSAGE, 0, 1))).isFalse();
            told.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Io.class)
    void shouldCloseWhoHasNoAllocationAndIsSilent(Io io) throws Exception {
        try (Server server = new Server(io, limits(100, 100, 50, 5000, 300), TestIdentity.of("a.example.org"));
                DtlsClient client = server.client().handshake();
                DtlsClient served = server.client()) {
            Echo silent = server.user();
            served.handshake();
            Echo kept = server.user();
            kept.served = true;

            // then
            assertThat(silent.gone.await(10, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(client::receive).isInstanceOf(IOException.class);
            served.send(MESSAGE);
            assertThat(served.receive()).isEqualTo(MESSAGE);
            assertThat(server.shared.counters().idle()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Io.class)
    void shouldLetAClientBeginAnewFromItsPort(Io io) throws Exception {
        try (Server server = new Server(io, StreamLimits.DEFAULT, TestIdentity.of("a.example.org"))) {
            // given
            DtlsClient before = server.client().handshake();
            Echo first = server.user();
            int port = before.socket.getLocalPort();
            before.socket.close(); // without a goodbye

            // when
            try (DtlsClient after = new DtlsClient(port, server.address).handshake()) {
                after.send(MESSAGE);

                // then
                assertThat(after.receive()).isEqualTo(MESSAGE);
                assertThat(first.gone.await(10, TimeUnit.SECONDS)).isTrue();
                assertThat(server.shared.associations()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Io.class)
    void shouldBoundHandshakesAndAssociations(Io io) throws Exception {
        try (Server server = new Server(io, limits(2, 100, 8, 10_000, 60_000), TestIdentity.of("a.example.org"));
                DtlsClient one = server.client().handshake();
                DtlsClient two = server.client().handshake();
                DtlsClient three = server.client()) {
            // when: the cookie comes back, and nothing follows
            three.socket.setSoTimeout(700);
            byte[] hello = firstHello(server);
            send(three.socket, withCookie(hello, three.socket));

            // then
            assertThatThrownBy(() -> three.socket.receive(new DatagramPacket(new byte[2048], 2048)))
                    .isInstanceOf(SocketTimeoutException.class);
            assertThat(server.shared.counters().refused()).isEqualTo(1);
            one.send(MESSAGE);
            assertThat(one.receive()).isEqualTo(MESSAGE);
            two.send(MESSAGE);
            assertThat(two.receive()).isEqualTo(MESSAGE);
        }
    }

    @ParameterizedTest
    @EnumSource(Io.class)
    void shouldEndHandshakesThatDoNotGoOn(Io io) throws Exception {
        try (Server server = new Server(io, limits(100, 100, 4, 2_000, 60_000), TestIdentity.of("a.example.org"));
                DtlsClient stuck = server.client()) {
            // given: of four at once, one source has one
            send(stuck.socket, withCookie(firstHello(server), stuck.socket));
            stuck.socket.setSoTimeout(10_000);
            stuck.socket.receive(new DatagramPacket(new byte[2048], 2048));
            assertThat(server.shared.associations()).isEqualTo(1);

            // when: others wait for their turn, sending their ClientHello again
            try (DtlsClient next = server.client().handshake()) {
                next.send(MESSAGE);

                // then
                assertThat(next.receive()).isEqualTo(MESSAGE);
                assertThat(server.shared.counters().handshakesFailed()).isEqualTo(1);
                assertThat(server.shared.associations()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Io.class)
    void shouldDropWhatIsNoDtls(Io io) throws Exception {
        try (Server server = new Server(io, StreamLimits.DEFAULT, TestIdentity.of("a.example.org"));
                DtlsClient client = server.client().handshake();
                DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            // when: from a stranger, and from the client's own port
            byte[][] garbage = {
                {},
                {0},
                {22, (byte) 0xFE, (byte) 0xFD},
                MESSAGE,
                new byte[100],
                new byte[1400],
                {23, (byte) 0xFE, (byte) 0xFD, 0, 1, 0, 0, 0, 0, 0, 9, 0, 3, 1, 2, 3}
            };
            for (byte[] bytes : garbage) {
                stranger.send(new DatagramPacket(bytes, bytes.length, server.address));
                send(client.socket, bytes);
            }

            // then
            client.send(MESSAGE);
            assertThat(client.receive()).isEqualTo(MESSAGE);
            assertThat(server.shared.associations()).isEqualTo(1);
        }
    }

    private static StreamLimits limits(int max, int perSource, int handshakes, int handshakeMillis, int idleMillis) {
        return new StreamLimits(
                max,
                max,
                perSource,
                handshakes,
                64 << 10,
                Duration.ofMillis(handshakeMillis),
                Duration.ofMillis(idleMillis),
                Duration.ofMillis(1000));
    }

    private static void send(DatagramSocket connected, byte[] bytes) throws IOException {
        connected.send(new DatagramPacket(bytes, bytes.length));
    }

    /** What a client sends first, taken from it by a socket that does not answer. */
    private static byte[] firstHello(Server server) throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DtlsClient client = new DtlsClient(0, (InetSocketAddress) silent.getLocalSocketAddress())) {
            silent.setSoTimeout(10_000);
            Thread thread = new Thread(() -> {
                try {
                    client.handshake();
                } catch (IOException closed) {
                    // As it was to be.
                    Thread.currentThread().interrupt();
                }
            });
            thread.start();
            DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
            silent.receive(packet);
            client.socket.close();
            thread.join();
            return Arrays.copyOf(packet.getData(), packet.getLength());
        }
    }

    /** Gets the cookie, and puts it where it belongs: behind version, random and an empty session id. */
    private static byte[] withCookie(byte[] hello, DatagramSocket connected) throws IOException {
        send(connected, hello);
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        connected.receive(packet);
        int cookieBytes = packet.getData()[27];
        int at = 13 + 12 + 2 + 32 + 1;
        byte[] again = new byte[hello.length + cookieBytes];
        System.arraycopy(hello, 0, again, 0, at);
        again[at] = (byte) cookieBytes;
        System.arraycopy(packet.getData(), 28, again, at + 1, cookieBytes);
        System.arraycopy(hello, at + 1, again, at + 1 + cookieBytes, hello.length - at - 1);
        ByteBuffer buffer = ByteBuffer.wrap(again);
        buffer.putShort(11, (short) (again.length - 13));
        int body = again.length - 25;
        for (int place : new int[] {14, 22}) {
            buffer.put(place, (byte) (body >> 16)).putShort(place + 1, (short) body);
        }
        again[10] = 1; // the record's number
        buffer.putShort(17, (short) 1); // the message's number
        return again;
    }
}
