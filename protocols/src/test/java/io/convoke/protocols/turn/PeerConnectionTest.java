package io.convoke.protocols.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.stun.StunWriter;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 6062. */
class PeerConnectionTest {
    private static final TransportAddress PEER = TestRelay.PEER;

    private final TestRelay relay = new TestRelay();
    private final TestClient control = relay.client(Transport.TLS, "192.0.2.7", 1);
    private final TestClient data = relay.client(Transport.TLS, "192.0.2.7", 2);
    private Allocation allocation;

    @BeforeEach
    void allocate() {
        StunMessage answer = control.ask(
                StunType.ALLOCATE_REQUEST, w -> w.attribute(StunAttribute.REQUESTED_TRANSPORT, TestClient.TCP));
        assertThat(answer.errorCode()).isEqualTo(-1);
        allocation = control.client.allocation();
        assertThat(allocation.peerTransport()).isEqualTo(PeerTransport.TCP);
        relay.policy.peers = peer -> !peer.isSameIp(TestRelay.address("10.0.0.1", 0));
    }

    private static UnaryOperator<StunWriter> id(int id) {
        return w -> w.number(StunAttribute.CONNECTION_ID, id);
    }

    private int connecting(TransportAddress peer) {
        relay.handle(control.client, control.request(StunType.CONNECT_REQUEST, w -> TestClient.peer(w, peer)));
        TurnOutput.ConnectPeer connecting = relay.last(TurnOutput.ConnectPeer.class);
        assertThat(connecting.peer()).isEqualTo(peer);
        assertThat(connecting.allocation()).isSameAs(allocation);
        return connecting.connectionId();
    }

    private int connected(TransportAddress peer) {
        int id = connecting(peer);
        relay.server.peerConnected(relay.nowNanos, id);
        relay.drain();
        StunMessage answer = relay.lastTo(control.client);
        assertThat(answer.type()).isEqualTo(StunType.successOf(StunType.CONNECT_REQUEST));
        assertThat(answer.number(StunAttribute.CONNECTION_ID)).isEqualTo(id);
        return id;
    }

    private int connectCode(TransportAddress peer) {
        return control.code(StunType.CONNECT_REQUEST, w -> TestClient.peer(w, peer));
    }

    @Test
    void shouldConnectAndBind() {
        // given
        int id = connected(PEER);
        relay.forget();
        // when
        StunMessage answer = data.ask(StunType.CONNECTION_BIND_REQUEST, id(id));
        // then
        assertThat(answer.type()).isEqualTo(StunType.successOf(StunType.CONNECTION_BIND_REQUEST));
        assertThat(relay.outputs.get(relay.outputs.size() - 1))
                .isEqualTo(new TurnOutput.BindConnection(id, data.client));
        relay.pass(60);
        assertThat(relay.all(TurnOutput.CloseConnection.class)).isEmpty();
        TestClient second = relay.client(Transport.TLS, "192.0.2.7", 3);
        assertThat(second.code(StunType.CONNECTION_BIND_REQUEST, id(id))).isEqualTo(400);
    }

    @Test
    void shouldRefuseASecondConnectionToTheSamePeer() {
        // given
        int id = connecting(PEER);
        // when / then
        assertThat(connectCode(PEER)).isEqualTo(446);
        relay.server.peerConnected(relay.nowNanos, id);
        relay.drain();
        assertThat(connectCode(PEER)).isEqualTo(446);
        relay.server.connectionClosed(relay.nowNanos, id);
        connecting(PEER);
    }

    @Test
    void shouldTellOfAFailedConnection() {
        // given
        int id = connecting(PEER);
        // when
        relay.server.peerConnectFailed(relay.nowNanos, id);
        relay.drain();
        // then
        assertThat(relay.lastTo(control.client).errorCode()).isEqualTo(447);
        connecting(PEER);
    }

    @Test
    void shouldGiveUpConnectingAfterHalfAMinute() {
        // given
        int id = connecting(PEER);
        // when
        relay.pass(30);
        // then
        assertThat(relay.lastTo(control.client).errorCode()).isEqualTo(447);
        assertThat(relay.last(TurnOutput.CloseConnection.class).connectionId()).isEqualTo(id);
        relay.forget();
        relay.server.peerConnected(relay.nowNanos, id);
        relay.drain();
        assertThat(relay.outputs).containsExactly(new TurnOutput.CloseConnection(id));
    }

    @Test
    void shouldCloseAConnectionNobodyBindsInHalfAMinute() {
        // given
        int id = connecting(PEER);
        relay.pass(20);
        relay.server.peerConnected(relay.nowNanos, id);
        relay.drain();
        relay.forget();
        // when
        relay.pass(29);
        assertThat(relay.outputs).isEmpty();
        relay.pass(1);
        // then
        assertThat(relay.outputs).containsExactly(new TurnOutput.CloseConnection(id));
        assertThat(data.code(StunType.CONNECTION_BIND_REQUEST, id(id))).isEqualTo(400);
    }

    @Test
    void shouldAnnounceAPermittedPeerThatConnects() {
        // given
        assertThat(relay.server.peerConnecting(relay.nowNanos, allocation, PEER))
                .isZero();
        control.permit(PEER);
        // when
        int id = relay.server.peerConnecting(relay.nowNanos, allocation, PEER);
        relay.drain();
        // then
        StunMessage attempt = relay.lastTo(control.client);
        assertThat(attempt.type()).isEqualTo(StunType.CONNECTION_ATTEMPT_INDICATION);
        assertThat(attempt.number(StunAttribute.CONNECTION_ID)).isEqualTo(id).isPositive();
        assertThat(attempt.xorAddress(StunAttribute.XOR_PEER_ADDRESS)).isEqualTo(PEER.toSocketAddress());
        assertThat(data.code(StunType.CONNECTION_BIND_REQUEST, id(id))).isEqualTo(-1);
        assertThat(relay.server.peerConnecting(relay.nowNanos, allocation, PEER))
                .isZero();
    }

    @Test
    void shouldRefuseWhatIsNotInOrder() {
        // when / then
        assertThat(connectCode(TestRelay.address("10.0.0.1", 80))).isEqualTo(403);
        assertThat(connectCode(TestRelay.PEER6)).isEqualTo(443);
        assertThat(control.code(StunType.CONNECT_REQUEST, w -> w)).isEqualTo(400);
        assertThat(data.code(StunType.CONNECT_REQUEST, w -> TestClient.peer(w, PEER)))
                .isEqualTo(437);
        assertThat(data.code(StunType.CONNECTION_BIND_REQUEST, w -> w)).isEqualTo(400);
        assertThat(data.code(StunType.CONNECTION_BIND_REQUEST, id(4711))).isEqualTo(400);
        assertThat(control.bind(0x4000, PEER).errorCode()).isEqualTo(400);
        int id = connected(PEER);
        assertThat(control.code(StunType.CONNECTION_BIND_REQUEST, id(id))).isEqualTo(400);
        assertThat(relay.client().code(StunType.CONNECTION_BIND_REQUEST, id(id)))
                .isEqualTo(400);
        TestClient thief = relay.client(Transport.TLS, "192.0.2.66", 1).as("bob", "builder");
        assertThat(thief.code(StunType.CONNECTION_BIND_REQUEST, id(id))).isEqualTo(441);
        TestClient datagrams = relay.client();
        datagrams.allocate();
        assertThat(datagrams.code(StunType.CONNECT_REQUEST, w -> TestClient.peer(w, PEER)))
                .isEqualTo(400);
    }

    @Test
    void shouldDropSendIndications() {
        // given
        control.permit(PEER);
        // when
        control.indicate(PEER, new byte[4]);
        // then
        assertThat(relay.all(TurnOutput.ToPeer.class)).isEmpty();
    }

    @Test
    void shouldHoldNoMoreConnectionsThanTheLimit() {
        // given
        for (int i = 0; i < TurnLimits.DEFAULT.maxConnections(); i++) {
            connecting(PEER.withPort(1000 + i));
        }
        // when / then
        assertThat(connectCode(PEER)).isEqualTo(508);
        control.permit(PEER);
        assertThat(relay.server.peerConnecting(relay.nowNanos, allocation, PEER))
                .isZero();
    }

    @Test
    void shouldCloseConnectionsWithTheirAllocation() {
        // given
        int bound = connected(PEER);
        data.ask(StunType.CONNECTION_BIND_REQUEST, id(bound));
        int waiting = connecting(PEER.withPort(1));
        // when
        control.refresh(0);
        relay.pass(31);
        // then
        assertThat(relay.all(TurnOutput.CloseConnection.class))
                .containsExactly(new TurnOutput.CloseConnection(bound), new TurnOutput.CloseConnection(waiting));
        relay.assertNothingHeld();
    }

    @Test
    void shouldServeNoTcpWhereItIsOff() {
        // given
        TurnFeatures datagrams = new TurnFeatures(false, true, true, true, true);
        TestRelay plain =
                new TestRelay(new TurnSettings(TestPolicy.REALM, "", true, true, datagrams, TurnLimits.DEFAULT));
        TestClient one = plain.client(Transport.TCP, "192.0.2.7", 1);
        // when / then
        assertThat(one.code(
                        StunType.ALLOCATE_REQUEST, w -> w.attribute(StunAttribute.REQUESTED_TRANSPORT, TestClient.TCP)))
                .isEqualTo(442);
        assertThat(one.send(one.request(StunType.CONNECTION_BIND_REQUEST, id(1))))
                .isNull();
    }

    @Test
    void shouldRefuseDatagramAttributesInATcpAllocation() {
        // when / then
        for (int attribute :
                new int[] {StunAttribute.EVEN_PORT, StunAttribute.RESERVATION_TOKEN, StunAttribute.DONT_FRAGMENT}) {
            assertThat(data.code(
                            StunType.ALLOCATE_REQUEST,
                            w -> w.attribute(StunAttribute.REQUESTED_TRANSPORT, TestClient.TCP)
                                    .attribute(attribute, new byte[] {0})))
                    .isEqualTo(400);
        }
    }

    @Test
    void shouldHandAnIdOfAnotherShardOverToIt() {
        // given
        TestRelay first = new TestRelay(TurnSettings.of(TestPolicy.REALM), 0, 8);
        TestClient stream = first.client(Transport.TCP, "192.0.2.7", 1);
        // when
        first.handle(stream.client, stream.request(StunType.CONNECTION_BIND_REQUEST, id(0x07000001)));
        // then
        assertThat(first.last(TurnOutput.Route.class).shard()).isEqualTo(7);
    }
}
