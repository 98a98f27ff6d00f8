package io.convoke.node.system;

import static io.convoke.node.turn.TurnClient.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.node.turn.TurnClient;
import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.stun.StunType;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a relay does not let its clients reach: what is not public, in each way to write it, and by default everybody. */
class RelayPeersIT {
    private static final int FORBIDDEN = 403;
    private static final int PORT = 5060;
    private static final Duration SOON = Duration.ofMillis(300);

    @TempDir
    private static Path folder;

    /** Relays to whatever is public. */
    private static RelayNode open;
    /** Relays to callbridges, of which none is connected. */
    private static RelayNode closed;

    @BeforeAll
    static void start() {
        String both = "convoke.relay.addresses = [\"127.0.0.1\", \"::1\"]";
        open = RelayNode.start("relay-peers-any", folder.resolve("any"), both, Map.of("TURN_PEERS", "any"));
        closed = RelayNode.start("relay-peers-callbridges", folder.resolve("callbridges"), both, Map.of());
    }

    @AfterAll
    static void stop() {
        for (RelayNode node : new RelayNode[] {open, closed}) {
            if (node != null) {
                node.close();
            }
        }
    }

    @Test
    void shouldRefuseWhateverIsNotPublic() {
        try (TurnClient client = TurnClient.udp(open.address(), RelayNode.ANN)) {
            assertThat(codeOf(allocateBothFamilies(client))).isZero();
            SoftAssertions softly = new SoftAssertions();
            for (String peer : NotPublic.ADDRESSES) {
                softly.assertThat(codeOf(client.permit(NotPublic.address(peer, PORT))))
                        .as("CreatePermission for %s", peer)
                        .isEqualTo(FORBIDDEN);
                softly.assertThat(codeOf(client.bind(0x4000, NotPublic.address(peer, PORT))))
                        .as("ChannelBind for %s", peer)
                        .isEqualTo(FORBIDDEN);
            }
            softly.assertAll();
        }
    }

    @Test
    void shouldRefuseToConnectToWhateverIsNotPublic() {
        try (TurnClient client = TurnClient.tcp(open.address(), RelayNode.ANN)) {
            assertThat(codeOf(client.request(
                            StunType.ALLOCATE_REQUEST,
                            writer -> writer.attribute(StunAttribute.REQUESTED_TRANSPORT, TurnClient.TCP))))
                    .isZero();
            SoftAssertions softly = new SoftAssertions();
            NotPublic.ADDRESSES.stream()
                    .filter(peer -> !peer.contains(":"))
                    .forEach(peer -> softly.assertThat(codeOf(client.request(
                                    StunType.CONNECT_REQUEST,
                                    writer -> writer.xorAddress(
                                            StunAttribute.XOR_PEER_ADDRESS, NotPublic.address(peer, PORT)))))
                            .as("Connect to %s", peer)
                            .isEqualTo(FORBIDDEN));
            softly.assertAll();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"9.9.9.9", "100.128.0.1", "172.32.0.1", "192.169.0.1", "2620:fe::fe", "64:ff9b::909:909"})
    void shouldAllowWhatIsPublic(String peer) {
        try (TurnClient client = TurnClient.udp(open.address(), RelayNode.ANN)) {
            allocateBothFamilies(client);
            assertThat(codeOf(client.permit(NotPublic.address(peer, PORT)))).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"9.9.9.9", "127.0.0.2", "10.99.0.1", "192.168.1.1", "2620:fe::fe", "::ffff:9.9.9.9", "fd00::1"})
    void shouldRefuseEverybodyWhileNoCallbridgeIsConnected(String peer) {
        try (TurnClient client = TurnClient.udp(closed.address(), RelayNode.ANN)) {
            allocateBothFamilies(client);
            assertThat(codeOf(client.permit(NotPublic.address(peer, PORT)))).isEqualTo(FORBIDDEN);
            assertThat(codeOf(client.bind(0x4000, NotPublic.address(peer, PORT))))
                    .isEqualTo(FORBIDDEN);
        }
    }

    @Test
    void shouldRelayBetweenAllocationsOfItsOwn() {
        try (TurnClient ann = TurnClient.udp(closed.address(), RelayNode.ANN);
                TurnClient bob = TurnClient.udp(closed.address(), RelayNode.ANN)) {
            // given
            ann.allocate();
            bob.allocate();

            // when
            assertThat(codeOf(ann.bind(0x4001, bob.relayed()))).isZero();
            assertThat(codeOf(bob.permit(ann.relayed()))).isZero();
            ann.sendTo(0x4001, new byte[] {1, 2, 3});
            byte[] atBob = bob.data(Duration.ofSeconds(5));
            bob.sendTo(ann.relayed(), new byte[] {4, 5});

            // then
            assertThat(atBob).containsExactly(1, 2, 3);
            assertThat(ann.data(Duration.ofSeconds(5))).containsExactly(4, 5);
        }
    }

    @Test
    void shouldNotReachOtherPortsOfTheAddressThatItRelaysFrom() throws Exception {
        try (TurnClient ann = TurnClient.udp(closed.address(), RelayNode.ANN);
                TurnClient bob = TurnClient.udp(closed.address(), RelayNode.ANN);
                java.net.DatagramSocket service = new java.net.DatagramSocket(0, RelayNode.loopback(0, 0, 1));
                ServerSocket unused = new ServerSocket(0, 1, RelayNode.loopback(0, 0, 1))) {
            // given: bob's relayed address has the IP address of something that is none of ann's business
            ann.allocate();
            bob.allocate();
            ann.permit(bob.relayed());
            service.setSoTimeout((int) SOON.toMillis());
            InetSocketAddress address = (InetSocketAddress) service.getLocalSocketAddress();

            // when
            ann.sendTo(address, new byte[] {1});

            // then
            assertThat(codeOf(ann.bind(0x4002, address))).isEqualTo(FORBIDDEN);
            assertThat(codeOf(ann.bind(0x4003, closed.address()))).isEqualTo(FORBIDDEN);
            assertThat(codeOf(ann.bind(0x4004, closed.tlsAddress()))).isEqualTo(FORBIDDEN);
            assertThat(received(service)).isFalse();
        }
    }

    private static boolean received(java.net.DatagramSocket socket) throws Exception {
        try {
            socket.receive(new java.net.DatagramPacket(new byte[100], 100));
            return true;
        } catch (java.net.SocketTimeoutException nothing) {
            return false;
        }
    }

    private static StunMessage allocateBothFamilies(TurnClient client) {
        return client.allocate(writer -> writer.attribute(StunAttribute.ADDITIONAL_ADDRESS_FAMILY, TurnClient.IPV6));
    }
}
