package io.convoke.media.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.convoke.media.Ipv6;
import io.convoke.media.relay.stream.StreamLimits;
import io.convoke.media.tcp.TestIdentity;
import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.turn.Transport;
import io.convoke.protocols.turn.TurnSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TCP allocations (RFC 6062) over the wire. */
class PeerStreamsTest {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final byte[] TCP = {6, 0, 0, 0};
    private static final int MEGABYTE = 1 << 20;
    /** So that whoever writes it has to wait for room. */
    private static final int MORE_THAN_BUFFERS = 24 * MEGABYTE;

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
        "true, TCP, ::1",
        "false, TCP, 127.0.0.1",
        "false, TLS, 127.0.0.1"
    })
    void shouldConnectToAPeerAndPassBytesBothWays(boolean epoll, Transport transport, String address) throws Exception {
        // given
        InetAddress ip = InetAddress.getByName(address);
        start(epoll, ip);
        try (TestTurnClient client = client(transport);
                ServerSocket listening = new ServerSocket(0, 10, ip)) {
            InetSocketAddress relayed = allocate(client, ip);
            long id = connect(client, (InetSocketAddress) listening.getLocalSocketAddress());
            try (Socket peer = listening.accept();
                    TestTurnClient data = client(transport)) {
                assertThat(peer.getRemoteSocketAddress()).isEqualTo(relayed);

                // when
                assertThat(bind(data, id)).isEqualTo(TestTurnClient.NO_ERROR);

                // then
                Socket joined = socket(data);
                exchange(joined, peer, MEGABYTE);
                exchange(peer, joined, MEGABYTE);
                AllocationView view = allocations().get(0);
                assertThat(view.bytesToPeers()).isEqualTo(MEGABYTE);
                assertThat(view.bytesToClient()).isEqualTo(MEGABYTE);

                // when
                joined.close();

                // then
                peer.setSoTimeout(TIMEOUT_MILLIS);
                assertThat(peer.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true, TCP", "true, TLS", "false, TCP", "false, TLS"})
    void shouldTellOfAPeerThatConnects(boolean epoll, Transport transport) throws Exception {
        // given
        InetAddress ip = InetAddress.getLoopbackAddress();
        start(epoll, ip);
        try (TestTurnClient client = client(transport)) {
            InetSocketAddress relayed = allocate(client, ip);
            client.permit(ip);

            // when: a peer connects, and sends at once
            try (Socket peer = new Socket(relayed.getAddress(), relayed.getPort());
                    TestTurnClient data = client(transport)) {
                byte[] early = bytes(50_000);
                peer.getOutputStream().write(early);
                StunMessage attempt = client.receiveMessage();

                // then
                assertThat(attempt.type()).isEqualTo(StunType.CONNECTION_ATTEMPT_INDICATION);
                assertThat(attempt.xorAddress(StunAttribute.XOR_PEER_ADDRESS)).isEqualTo(peer.getLocalSocketAddress());

                // when
                assertThat(bind(data, attempt.number(StunAttribute.CONNECTION_ID)))
                        .isEqualTo(TestTurnClient.NO_ERROR);

                // then
                Socket joined = socket(data);
                assertThat(joined.getInputStream().readNBytes(early.length)).isEqualTo(early);
                exchange(joined, peer, MEGABYTE);
                exchange(peer, joined, MEGABYTE);

                // when
                peer.close();

                // then
                assertThat(joined.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true, TCP", "true, TLS", "false, TCP", "false, TLS"})
    void shouldWaitForTheSlowerSide(boolean epoll, Transport transport) throws Exception {
        // given
        InetAddress ip = InetAddress.getLoopbackAddress();
        start(epoll, ip);
        try (TestTurnClient client = client(transport);
                ServerSocket listening = new ServerSocket(0, 10, ip)) {
            allocate(client, ip);
            long id = connect(client, (InetSocketAddress) listening.getLocalSocketAddress());
            try (Socket peer = listening.accept();
                    TestTurnClient data = client(transport)) {
                assertThat(bind(data, id)).isEqualTo(TestTurnClient.NO_ERROR);
                Socket joined = socket(data);
                byte[] much = bytes(24 * MEGABYTE);
                for (boolean outwards : new boolean[] {true, false}) {
                    Socket from = outwards ? joined : peer;
                    Socket to = outwards ? peer : joined;

                    // when: nobody reads for a while
                    CompletableFuture<Void> written = CompletableFuture.runAsync(() -> write(from, much));
                    assertThatThrownBy(() -> written.get(500, TimeUnit.MILLISECONDS))
                            .isInstanceOf(java.util.concurrent.TimeoutException.class);
                    long before = passed();
                    assertThat(before).isLessThan(24L * MEGABYTE + (outwards ? 0 : 24L * MEGABYTE));

                    // then: all comes once somebody does
                    assertThat(to.getInputStream().readNBytes(much.length)).isEqualTo(much);
                    written.get(10, TimeUnit.SECONDS);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true, TCP", "true, TLS", "false, TCP", "false, TLS"})
    void shouldPassTheEndOfOneDirection(boolean epoll, Transport transport) throws Exception {
        // given
        InetAddress ip = InetAddress.getLoopbackAddress();
        start(epoll, ip);
        try (TestTurnClient client = client(transport);
                ServerSocket listening = new ServerSocket(0, 10, ip)) {
            allocate(client, ip);
            long id = connect(client, (InetSocketAddress) listening.getLocalSocketAddress());
            try (Socket peer = listening.accept();
                    TestTurnClient data = client(transport)) {
                assertThat(bind(data, id)).isEqualTo(TestTurnClient.NO_ERROR);
                Socket joined = socket(data);
                byte[] much = bytes(MEGABYTE);

                // when: the peer has said all, and still listens
                CompletableFuture<Void> written = CompletableFuture.runAsync(() -> {
                    write(peer, much);
                    finish(peer);
                });

                // then
                assertThat(joined.getInputStream().readAllBytes()).isEqualTo(much);
                written.get(10, TimeUnit.SECONDS);

                // when, then: TLS ends both directions at once
                if (transport == Transport.TCP) {
                    exchange(joined, peer, MEGABYTE);
                    joined.close();
                }
                peer.setSoTimeout(TIMEOUT_MILLIS);
                assertThat(peer.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true, TCP", "true, TLS", "false, TCP", "false, TLS"})
    void shouldPassWhatAPeerSentThatEndedBeforeItWasJoined(boolean epoll, Transport transport) throws Exception {
        // given
        InetAddress ip = InetAddress.getLoopbackAddress();
        start(epoll, ip);
        try (TestTurnClient client = client(transport);
                ServerSocket listening = new ServerSocket(0, 10, ip)) {
            allocate(client, ip);
            long id = connect(client, (InetSocketAddress) listening.getLocalSocketAddress());
            byte[] early = bytes(50_000);
            try (Socket peer = listening.accept();
                    TestTurnClient data = client(transport)) {
                write(peer, early);
                peer.shutdownOutput();

                // when
                assertThat(bind(data, id)).isEqualTo(TestTurnClient.NO_ERROR);

                // then
                Socket joined = socket(data);
                assertThat(joined.getInputStream().readAllBytes()).isEqualTo(early);
                if (transport == Transport.TCP) {
                    exchange(joined, peer, MORE_THAN_BUFFERS);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void shouldPassTheClientsEndToo(boolean epoll) throws Exception {
        // given
        InetAddress ip = InetAddress.getLoopbackAddress();
        start(epoll, ip);
        try (TestTurnClient client = client(Transport.TCP);
                ServerSocket listening = new ServerSocket(0, 10, ip)) {
            allocate(client, ip);
            long id = connect(client, (InetSocketAddress) listening.getLocalSocketAddress());
            try (Socket peer = listening.accept();
                    TestTurnClient data = client(Transport.TCP)) {
                bind(data, id);
                Socket joined = socket(data);

                // when
                write(joined, bytes(1000));
                joined.shutdownOutput();

                // then
                assertThat(peer.getInputStream().readAllBytes()).hasSize(1000);
                exchange(peer, joined, MORE_THAN_BUFFERS);
                peer.shutdownOutput();
                assertThat(joined.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void shouldAnswerWhatCannotBe(boolean epoll) throws Exception {
        // given
        InetAddress ip = InetAddress.getLoopbackAddress();
        start(epoll, ip);
        int free;
        try (ServerSocket closed = new ServerSocket(0, 1, ip)) {
            free = closed.getLocalPort();
        }
        try (TestTurnClient client = client(Transport.TCP);
                TestTurnClient data = client(Transport.TCP);
                ServerSocket listening = new ServerSocket(0, 10, ip)) {
            InetSocketAddress relayed = allocate(client, ip);
            InetSocketAddress peer = (InetSocketAddress) listening.getLocalSocketAddress();

            // when, then: nobody listens there; twice the same peer; a number that nobody has
            assertThat(ask(client, new InetSocketAddress(ip, free)).errorCode()).isEqualTo(447);
            connect(client, peer);
            assertThat(ask(client, peer).errorCode()).isEqualTo(446);
            assertThat(bind(data, 4711)).isEqualTo(400);

            // when: no permission
            try (Socket stranger = new Socket(relayed.getAddress(), relayed.getPort())) {
                stranger.setSoTimeout(TIMEOUT_MILLIS);

                // then
                assertThat(ends(stranger)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void shouldCloseEverythingWithTheAllocation(boolean epoll) throws Exception {
        // given
        InetAddress ip = InetAddress.getLoopbackAddress();
        start(epoll, ip);
        try (TestTurnClient client = client(Transport.TCP);
                ServerSocket listening = new ServerSocket(0, 10, ip)) {
            InetSocketAddress relayed = allocate(client, ip);
            long id = connect(client, (InetSocketAddress) listening.getLocalSocketAddress());
            try (Socket peer = listening.accept();
                    TestTurnClient data = client(Transport.TCP)) {
                bind(data, id);
                exchange(socket(data), peer, 1000);

                // when
                client.refresh(0);

                // then
                peer.setSoTimeout(TIMEOUT_MILLIS);
                assertThat(ends(peer)).isTrue();
                assertThat(ends(socket(data))).isTrue();
                assertThat(isSoonClosed(relayed)).isTrue();
            }
        }
    }

    /** NIO closes sockets when its loop has looked at them once more. */
    private static boolean isSoonClosed(InetSocketAddress address) {
        for (int attempt = 0; attempt < 1000; attempt++) {
            try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
                socket.setSoLinger(true, 0);
            } catch (IOException refused) {
                return true;
            }
        }
        return false;
    }

    private static boolean ends(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private static InetSocketAddress allocate(TestTurnClient client, InetAddress ip) throws IOException {
        StunMessage answer = client.ask(StunType.ALLOCATE_REQUEST, request -> {
            var tcp = request.attribute(StunAttribute.REQUESTED_TRANSPORT, TCP);
            return ip.getAddress().length == 4
                    ? tcp
                    : tcp.attribute(StunAttribute.REQUESTED_ADDRESS_FAMILY, TestTurnClient.IPV6);
        });
        assertThat(answer.errorCode()).isEqualTo(TestTurnClient.NO_ERROR);
        return answer.xorAddress(StunAttribute.XOR_RELAYED_ADDRESS);
    }

    private static StunMessage ask(TestTurnClient client, InetSocketAddress peer) throws IOException {
        return client.ask(
                StunType.CONNECT_REQUEST, request -> request.xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer));
    }

    private static long connect(TestTurnClient client, InetSocketAddress peer) throws IOException {
        StunMessage answer = ask(client, peer);
        assertThat(answer.errorCode()).isEqualTo(TestTurnClient.NO_ERROR);
        return answer.number(StunAttribute.CONNECTION_ID);
    }

    private static int bind(TestTurnClient data, long id) throws IOException {
        return data.ask(StunType.CONNECTION_BIND_REQUEST, request -> request.number(StunAttribute.CONNECTION_ID, id))
                .errorCode();
    }

    private static Socket socket(TestTurnClient data) {
        return ((TestWire.Stream) data.wire()).socket();
    }

    private static void exchange(Socket from, Socket to, int length) throws Exception {
        byte[] bytes = bytes(length);
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> write(from, bytes));
        InputStream in = to.getInputStream();
        byte[] read = in.readNBytes(length);
        assertThat(read).hasSize(length);
        assertThat(Arrays.equals(read, bytes)).isTrue();
        written.get(10, TimeUnit.SECONDS);
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void finish(Socket socket) {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private long passed() throws Exception {
        AllocationView view = allocations().get(0);
        return view.bytesToPeers() + view.bytesToClient();
    }

    private List<AllocationView> allocations() throws Exception {
        return relay.allocations().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private TestTurnClient client(Transport transport) throws Exception {
        InetSocketAddress server = relay.endpoints().stream()
                .filter(endpoint -> endpoint.transport() == transport)
                .findFirst()
                .orElseThrow()
                .bound();
        Socket socket = transport == Transport.TLS
                ? TestIdentity.anonymous().getSocketFactory().createSocket(server.getAddress(), server.getPort())
                : new Socket(server.getAddress(), server.getPort());
        return new TestTurnClient(new TestWire.Stream(socket));
    }

    /** Two loops: a client's connections come to either. */
    private void start(boolean epoll, InetAddress address) throws Exception {
        Ipv6.requireFor(address);
        TestIdentity identity = TestIdentity.of("relay.example.org");
        relay = TurnRelay.start(
                new RelaySettings(
                        List.of(new RelayListener(address, null, RelayListener.OFF, 0, 0, RelayListener.OFF)),
                        List.of(),
                        RelayListener.OFF,
                        new RelayTls(identity.pair().getPrivate(), List.of(identity.certificate())),
                        49_152,
                        65_535,
                        2,
                        0,
                        0,
                        epoll,
                        TurnSettings.of(TestPolicy.REALM),
                        StreamLimits.DEFAULT),
                policy,
                TurnEvents.NONE);
    }
}
