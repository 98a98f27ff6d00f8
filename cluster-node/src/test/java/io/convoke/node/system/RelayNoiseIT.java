package io.convoke.node.system;

import static io.convoke.node.turn.TurnClient.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.node.turn.EchoPeer;
import io.convoke.node.turn.TurnClient;
import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.stun.StunWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What else arrives at a relay: floods from sources that are not who they say, fragments, refusals from peers. Whoever is served stays served. */
class RelayNoiseIT {
    private static final int CHANNEL = 0x4000;
    private static final int PER_SECOND = 20;
    private static final int BURST = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @TempDir
    private static Path folder;

    private static RelayNode node;
    private EchoPeer peer;
    private TurnClient served;

    @BeforeAll
    static void start() {
        node = RelayNode.start(
                "relay-noise",
                folder,
                "convoke.relay { max-requests-per-second = %d, request-burst = %d }".formatted(PER_SECOND, BURST),
                Map.of("TURN_PEERS", "any", "TURN_ALLOW_PEERS", "127.0.0.0/8"));
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
        }
    }

    @BeforeEach
    void serve() {
        peer = new EchoPeer(RelayNode.loopback(0, 0, 1));
        served = TurnClient.udp(new InetSocketAddress(RelayNode.loopback(9, 9, 9), 0), node.address(), RelayNode.ANN);
        assertThat(codeOf(served.allocate())).isZero();
        assertThat(codeOf(served.bind(CHANNEL, peer.address()))).isZero();
    }

    @AfterEach
    void assertServed() {
        assertEchoes(new byte[] {1, 2, 3});
        assertThat(codeOf(served.refresh(0))).isZero();
        served.close();
        peer.close();
    }

    @Test
    void shouldAnswerOneSourceNoMoreThanItMay() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, RelayNode.loopback(0, 0, 77))) {
            // when
            socket.setReceiveBufferSize(8 << 20);
            long begun = System.nanoTime();
            int sent = 0;
            for (int i = 0; i < 5000; i++) {
                sent += send(socket, allocate());
            }

            // then
            int answers = 0;
            int answered = 0;
            socket.setSoTimeout(500);
            DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
            try {
                while (true) {
                    socket.receive(packet);
                    answers++;
                    answered += packet.getLength();
                }
            } catch (SocketTimeoutException over) {
                double seconds = (System.nanoTime() - begun) / 1e9;
                assertThat(answers).isPositive().isLessThanOrEqualTo((int) (BURST + PER_SECOND * (seconds + 1)));
                assertThat(answered).isLessThan(sent);
            }
        }
    }

    @Test
    void shouldServeOthersWhileManySourcesThatDoNotExistAsk() throws Exception {
        // Any address of 127.0.0.0/8 is ours to send from, and most of the answers go to nobody.
        Random random = new Random(4);
        for (int i = 0; i < 4000; i++) {
            InetSocketAddress source = new InetSocketAddress(
                    RelayNode.loopback(1 + random.nextInt(200), random.nextInt(256), 1 + random.nextInt(250)), 0);
            try (DatagramSocket socket = new DatagramSocket(source)) {
                for (int j = 0; j < 5; j++) {
                    send(socket, j % 2 == 0 ? allocate() : noise(random));
                }
            }
            if (i % 200 == 0) {
                assertEchoes(new byte[] {(byte) i});
            }
        }
        assertThat(node.allocationCount()).isEqualTo(1);
    }

    @Test
    void shouldRelayWhatComesInFragmentsAndForgetWhatDoesNotComeWhole() {
        MediaCut.require();
        byte[] large = new byte[4000];
        Arrays.fill(large, (byte) 9);
        try (LoopbackMtu small = LoopbackMtu.of(1400)) {
            assertEchoes(large);
            try (LoopbackMtu.LostFragments lost = small.loseAllButTheFirstFragments()) {
                for (int i = 0; i < 500; i++) {
                    served.sendTo(CHANNEL, large);
                }
                assertThat(served.data(Duration.ofMillis(300))).isNull();
                assertEchoes(new byte[] {5});
            }
            assertEchoes(large);
        }
    }

    @Test
    void shouldGoOnWhereAPeersPortIsClosed() throws Exception {
        // given
        InetSocketAddress closed;
        try (DatagramSocket socket = new DatagramSocket(0, RelayNode.loopback(0, 0, 1))) {
            closed = (InetSocketAddress) socket.getLocalSocketAddress();
        }
        assertThat(codeOf(served.permit(closed))).isZero();

        // when
        for (int i = 0; i < 20; i++) {
            served.sendTo(closed, new byte[] {1});
            served.sendTo(CHANNEL, new byte[] {(byte) i});
        }

        // then
        for (int i = 0; i < 20; i++) {
            assertThat(served.data(PATIENCE)).containsExactly(i);
        }
    }

    private void assertEchoes(byte[] data) {
        served.sendTo(CHANNEL, data);
        assertThat(served.data(PATIENCE)).isEqualTo(data);
    }

    private static byte[] allocate() {
        return StunWriter.begin(StunType.ALLOCATE_REQUEST, TurnClient.transactionId())
                .attribute(StunAttribute.REQUESTED_TRANSPORT, TurnClient.UDP)
                .finish();
    }

    /** Something that begins like STUN or ChannelData, or like nothing. */
    private static byte[] noise(Random random) {
        byte[] noise = new byte[1 + random.nextInt(100)];
        random.nextBytes(noise);
        if (noise.length >= 28 && random.nextBoolean()) {
            System.arraycopy(allocate(), 0, noise, 0, 8 + random.nextInt(20));
        }
        return noise;
    }

    private static int send(DatagramSocket socket, byte[] message) throws Exception {
        socket.send(new DatagramPacket(message, message.length, node.address()));
        return message.length;
    }
}
