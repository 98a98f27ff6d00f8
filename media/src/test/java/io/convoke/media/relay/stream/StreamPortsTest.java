package io.convoke.media.relay.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.stun.StunWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class StreamPortsTest {
    private static final byte[] BINDING =
            StunWriter.begin(StunType.BINDING_REQUEST, new byte[12]).finish();

    static Stream<Arguments> transports() {
        return Arrays.stream(Io.values()).flatMap(io -> Stream.of(Arguments.of(io, false), Arguments.of(io, true)));
    }

    static byte[] channelData(int number, int length) {
        byte[] message = new byte[4 + length];
        message[0] = (byte) (number >> 8);
        message[1] = (byte) number;
        message[2] = (byte) (length >> 8);
        message[3] = (byte) length;
        for (int i = 0; i < length; i++) {
            message[4 + i] = (byte) (i * 31 + number);
        }
        return message;
    }

    static byte[] padded(byte[] message) {
        return Arrays.copyOf(message, (message.length + 3) & -4);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldCutMessagesHoweverTheyCome(Io io, boolean encrypted) throws Exception {
        // given
        List<byte[]> messages = new ArrayList<>(List.of(BINDING, channelData(0x4000, 0)));
        for (int length = 1; length < 9; length++) {
            messages.add(channelData(0x4000 + length, length));
            messages.add(BINDING);
        }
        messages.add(channelData(0x4FFF, 0xFFFF));
        messages.add(channelData(0x4001, 1200));
        int total =
                messages.stream().mapToInt(message -> padded(message).length).sum();
        byte[] all = new byte[total];
        int at = 0;
        for (byte[] message : messages) {
            System.arraycopy(message, 0, all, at, message.length);
            at += padded(message).length;
        }
        try (TestServer server = new TestServer(io, StreamLimits.DEFAULT)) {
            for (int chunk : new int[] {1, 3, 7, 1000, total}) {
                try (Socket socket = server.connect(encrypted)) {
                    socket.setTcpNoDelay(true);
                    TestUser user = server.user();

                    // when
                    OutputStream out = socket.getOutputStream();
                    int small = chunk < 1000 ? Math.min(total, 400) : total;
                    for (int sent = 0; sent < small; sent += chunk) {
                        out.write(all, sent, Math.min(chunk, small - sent));
                    }
                    out.write(all, small, total - small);

                    // then
                    assertThat(socket.getInputStream().readNBytes(total)).isEqualTo(all);
                    for (byte[] message : messages) {
                        assertThat(user.messages.poll(10, TimeUnit.SECONDS)).isEqualTo(message);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldSendFromAnyThread(Io io, boolean encrypted) throws Exception {
        try (TestServer server = new TestServer(io, StreamLimits.DEFAULT);
                Socket socket = server.connect(encrypted)) {
            // given
            TestUser user = server.user();
            byte[] message = channelData(0x4001, 5);

            // when
            user.connection.send(message, 0, message.length);

            // then
            assertThat(socket.getInputStream().readNBytes(12)).isEqualTo(padded(message));
            ByteBuffer memory = ByteBuffer.allocateDirect(16).put(4, message, 4, 5);
            assertThat(onLoop(user, () -> user.connection.sendChannelData(0x40010005, memory, 4, 5)))
                    .isTrue();
            assertThat(socket.getInputStream().readNBytes(12)).isEqualTo(padded(message));
            assertThat(user.connection.remote().getPort()).isEqualTo(socket.getLocalPort());
            assertThat(user.connection.local().getPort()).isEqualTo(socket.getPort());
            assertThat(user.connection.encrypted()).isEqualTo(encrypted);
            assertThat(user.connection.listener()).isEqualTo(encrypted ? 2 : 1);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldTellOfTheEndAndLeaveNothing(Io io, boolean encrypted) throws Exception {
        try (TestServer server = new TestServer(io, StreamLimits.DEFAULT)) {
            // given
            Socket closing = server.connect(encrypted);
            TestUser closed = server.user();
            Socket resetting = server.connect(encrypted);
            TestUser reset = server.user();
            resetting.getOutputStream().write(BINDING, 0, 7);
            resetting.setSoLinger(true, 0);
            Socket staying = server.connect(encrypted);
            TestUser ended = server.user();

            // when
            closing.close();
            resetting.close();
            ended.connection.close();

            // then
            assertThat(closed.gone.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(reset.gone.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(ended.gone.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(staying.getInputStream().read()).isEqualTo(-1);
            staying.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Io.class)
    void shouldCloseOnGarbage(Io io) throws Exception {
        try (TestServer server = new TestServer(io, StreamLimits.DEFAULT)) {
            byte[] tls = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 252, 3, 3};
            byte[] odd = {0, 1, 0, 3, 0x21, 0x12, (byte) 0xA4, 0x42};
            byte[] http = "GET / HTTP/1.1\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            server.served = false;
            for (byte[] garbage : List.of(tls, odd, http, new byte[] {(byte) 0x80}, new byte[] {0x50, 0, 0, 0})) {
                try (Socket socket = server.connect(false)) {
                    // when
                    socket.getOutputStream().write(garbage);

                    // then
                    assertEnds(socket);
                }
            }
            assertThat(server.listeners.counters().garbage()).isEqualTo(5);
            assertThat(server.users)
                    .allSatisfy(user -> assertThat(user.messages).isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource(Io.class)
    void shouldCloseOnPlainBytesWhereTlsIsExpected(Io io) throws Exception {
        try (TestServer server = new TestServer(io, StreamLimits.DEFAULT);
                Socket socket = TestServer.plain(server.tls)) {
            // when
            socket.getOutputStream().write(BINDING);

            // then
            assertEnds(socket);
            assertThat(server.users).isEmpty();
            assertThat(server.listeners.counters().handshakesFailed()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldCloseWhoHasNoAllocationAndSendsNoWholeMessage(Io io, boolean encrypted) throws Exception {
        StreamLimits limits = limits(100, 100, 100, 1000, 300, 1000);
        try (TestServer server = new TestServer(io, limits);
                Socket slow = server.connect(encrypted);
                Socket silent = server.connect(encrypted)) {
            // given
            server.served = false;

            // when: a byte now and then, never a message
            slow.getOutputStream().write(BINDING, 0, 10);

            // then
            assertEnds(silent);
            assertEnds(slow);
            assertThat(server.listeners.counters().idle()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldLetWhoHasAnAllocationBeSilent(Io io, boolean encrypted) throws Exception {
        StreamLimits limits = limits(100, 100, 100, 1000, 150, 1000);
        try (TestServer server = new TestServer(io, limits);
                Socket served = server.connect(encrypted)) {
            // when
            served.setSoTimeout(700);

            // then
            assertThatThrownBy(() -> served.getInputStream().read())
                    .isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Io.class)
    void shouldEndHandshakesThatDoNotGoOn(Io io) throws Exception {
        StreamLimits limits = limits(100, 100, 2, 300, 60_000, 1000);
        try (TestServer server = new TestServer(io, limits)) {
            try (Socket silent = TestServer.plain(server.tls);
                    Socket half = TestServer.plain(server.tls)) {
                half.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1, 0});

                // when: two are in their handshakes
                try (Socket third = TestServer.plain(server.tls)) {
                    // then
                    assertEnds(third);
                }
                assertEnds(silent);
                assertEnds(half);
            }
            assertThat(server.listeners.counters().refused()).isEqualTo(1);
            try (Socket after = server.tls()) {
                after.getOutputStream().write(BINDING);
                assertThat(after.getInputStream().readNBytes(BINDING.length)).isEqualTo(BINDING);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldRefuseWhoComesOverTheLimit(Io io, boolean encrypted) throws Exception {
        StreamLimits limits = limits(100, 2, 100, 1000, 60_000, 1000);
        try (TestServer server = new TestServer(io, limits);
                Socket first = server.connect(encrypted)) {
            TestUser one = server.user();
            Socket second = server.connect(encrypted);
            server.user();
            try (Socket third = TestServer.plain(encrypted ? server.tls : server.tcp)) {
                assertEnds(third);
            }
            assertThat(server.listeners.connections()).isEqualTo(2);

            // when
            first.close();
            assertThat(one.gone.await(10, TimeUnit.SECONDS)).isTrue();

            // then
            try (Socket fourth = server.connect(encrypted)) {
                fourth.getOutputStream().write(BINDING);
                assertThat(fourth.getInputStream().readNBytes(BINDING.length)).isEqualTo(BINDING);
            }
            second.close();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldBoundWhatWaitsForWhoDoesNotRead(Io io, boolean encrypted) throws Exception {
        StreamLimits limits = limits(100, 100, 100, 1000, 60_000, 60_000);
        try (TestServer server = new TestServer(io, limits)) {
            // given: one that does not read, and three that do
            server.echo = false;
            Socket stuck = server.connect(encrypted);
            TestUser stuckUser = server.user();
            List<Socket> readers = new ArrayList<>();
            List<TestUser> users = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                readers.add(server.connect(encrypted));
                users.add(server.user());
            }
            byte[] data = channelData(0x4001, 1200);

            // when
            long dropped = 0;
            for (int round = 0; round < 20_000 && dropped < 1000; round++) {
                dropped += onLoop(stuckUser, () -> stuckUser.connection.send(data, 0, data.length)) ? 0 : 1;
            }

            // then
            assertThat(dropped).isEqualTo(1000);
            assertThat(server.listeners.counters().dropped()).isEqualTo(1000);
            long waiting = onLoop(
                    stuckUser,
                    () -> stuckUser
                            .connection
                            .channel()
                            .unsafe()
                            .outboundBuffer()
                            .totalPendingWriteBytes());
            assertThat(waiting).isBetween(1L, 2L * limits.maxQueuedBytes());
            for (int i = 0; i < 3; i++) {
                TestUser user = users.get(i);
                for (int round = 0; round < 100; round++) {
                    assertThat(onLoop(user, () -> user.connection.send(data, 0, data.length)))
                            .isTrue();
                }
                assertThat(readers.get(i).getInputStream().readNBytes(100 * data.length))
                        .hasSize(100 * data.length);
            }

            // when: it reads again
            InputStream in = stuck.getInputStream();
            assertThat(in.readNBytes(4 * data.length)).startsWith(data);
            stuck.close();
            for (Socket reader : readers) {
                reader.close();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldCloseWhoNeverReads(Io io, boolean encrypted) throws Exception {
        StreamLimits limits = limits(100, 100, 100, 1000, 60_000, 500);
        try (TestServer server = new TestServer(io, limits);
                Socket stuck = server.connect(encrypted)) {
            // given
            TestUser user = server.user();
            byte[] data = channelData(0x4001, 1200);

            // when
            while (onLoop(user, () -> user.connection.send(data, 0, data.length))) {
                assertThat(user.gone.getCount()).isEqualTo(1);
            }

            // then
            assertThat(user.gone.await(10, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> stuck.getInputStream().readAllBytes()).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldCloseWhoMakesAnswersPileUp(Io io, boolean encrypted) throws Exception {
        StreamLimits limits = limits(100, 100, 100, 1000, 60_000, 60_000);
        try (TestServer server = new TestServer(io, limits);
                Socket stuck = server.connect(encrypted)) {
            // given: answers are STUN
            TestUser user = server.user();

            // when
            long sent = 0;
            while (onLoop(user, () -> user.connection.send(BINDING, 0, BINDING.length))) {
                sent += BINDING.length;
            }

            // then
            assertThat(user.gone.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(sent).isGreaterThan(limits.maxQueuedBytes());
            assertThat(server.listeners.counters().stalled()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Io.class)
    void shouldNotShareAPortThatSomebodyHas(Io io) throws Exception {
        try (TestServer server = new TestServer(io, StreamLimits.DEFAULT);
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = (InetSocketAddress) taken.getLocalSocketAddress();

            // when, then
            assertThatThrownBy(() -> server.listeners.bind(3, address, false))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(String.valueOf(address.getPort()));
            assertThatThrownBy(() -> server.listeners.bind(3, server.tcp, false))
                    .isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Io.class)
    void shouldStandManyConnectionsThatComeAndGo(Io io) throws Exception {
        // given
        Random random = new Random(4);
        try (TestServer server = new TestServer(io, StreamLimits.DEFAULT)) {
            // when
            for (int i = 0; i < 60; i++) {
                boolean encrypted = random.nextBoolean();
                try (Socket socket = server.connect(encrypted)) {
                    socket.getOutputStream().write(BINDING);
                    assertThat(socket.getInputStream().readNBytes(BINDING.length))
                            .isEqualTo(BINDING);
                    if (random.nextBoolean()) {
                        socket.setSoLinger(true, 0);
                    }
                }
            }

            // then
            for (int i = 0; i < 60; i++) {
                assertThat(server.user().gone.await(10, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(server.listeners.connections()).isZero();
        }
    }

    private static StreamLimits limits(
            int max, int perSource, int handshakes, int handshakeMillis, int idleMillis, int stallMillis) {
        return new StreamLimits(
                max,
                max,
                perSource,
                handshakes,
                64 << 10,
                Duration.ofMillis(handshakeMillis),
                Duration.ofMillis(idleMillis),
                Duration.ofMillis(stallMillis));
    }

    private static <T> T onLoop(TestUser user, java.util.concurrent.Callable<T> task) throws Exception {
        return user.connection.channel().eventLoop().submit(task).get(10, TimeUnit.SECONDS);
    }

    private static void assertEnds(Socket socket) throws IOException {
        try {
            while (socket.getInputStream().read() >= 0) {
                // An alert may come first.
                continue;
            }
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }
}
