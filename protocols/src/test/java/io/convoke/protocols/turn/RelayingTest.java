package io.convoke.protocols.turn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.stun.StunWriter;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CreatePermission, ChannelBind, Send and Data. */
class RelayingTest {
    private static final TransportAddress PEER = TestRelay.PEER;
    private static final TransportAddress SAME_IP = PEER.withPort(7001);
    private static final TransportAddress STRANGER = TestRelay.address("203.0.113.6", 7000);
    private static final byte[] DATA = "hello".getBytes(UTF_8);

    private final TestRelay relay = new TestRelay();
    private final TestClient client = relay.client();

    private boolean reaches(TransportAddress peer) {
        relay.forget();
        client.indicate(peer, DATA);
        return !relay.all(TurnOutput.ToPeer.class).isEmpty();
    }

    private boolean hears(TransportAddress peer) {
        relay.forget();
        relay.server.fromPeer(relay.nowNanos, client.client.allocation(), peer, DATA, 0, DATA.length);
        relay.drain();
        return !relay.all(TurnOutput.Reply.class).isEmpty();
    }

    @Test
    void shouldRelayBothWaysForAPermittedIpAndNoOther() {
        // given
        Allocation allocation = client.allocated();
        assertThat(reaches(PEER)).isFalse();
        assertThat(hears(PEER)).isFalse();
        // when
        assertThat(client.permit(PEER).errorCode()).isEqualTo(-1);
        // then
        assertThat(reaches(PEER)).isTrue();
        TurnOutput.ToPeer sent = relay.last(TurnOutput.ToPeer.class);
        assertThat(Arrays.copyOfRange(sent.buffer(), sent.offset(), sent.offset() + sent.length()))
                .isEqualTo(DATA);
        assertThat(sent.peer()).isEqualTo(PEER);
        assertThat(sent.from()).isSameAs(allocation.relayPort(AddressFamily.IPV4));
        assertThat(sent.dontFragment()).isFalse();
        assertThat(reaches(SAME_IP)).isTrue();
        assertThat(hears(SAME_IP)).isTrue();
        assertThat(reaches(STRANGER)).isFalse();
        assertThat(hears(STRANGER)).isFalse();
        assertThat(allocation.traffic().droppedPackets).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 1200})
    void shouldWriteDataIndicationsThatClientsCanRead(int length) {
        // given
        client.ask(
                StunType.ALLOCATE_REQUEST,
                w -> TestClient.udp(w).attribute(StunAttribute.ADDITIONAL_ADDRESS_FAMILY, TestClient.IPV6));
        byte[] data = new byte[length];
        Arrays.fill(data, (byte) 0xEE);
        for (TransportAddress peer : new TransportAddress[] {PEER, TestRelay.PEER6}) {
            client.permit(peer);
            // when
            relay.server.fromPeer(relay.nowNanos, client.client.allocation(), peer, data, 0, length);
            relay.drain();
            // then
            StunMessage indication = relay.lastTo(client.client);
            assertThat(indication.type()).isEqualTo(StunType.DATA_INDICATION);
            assertThat(indication.xorAddress(StunAttribute.XOR_PEER_ADDRESS)).isEqualTo(peer.toSocketAddress());
            assertThat(indication.attribute(StunAttribute.DATA)).isEqualTo(data);
        }
    }

    @Test
    void shouldForgetAPermissionAfterFiveMinutesUnlessRefreshed() {
        // given
        client.allocate();
        client.permit(PEER);
        client.refresh(3600);
        // when / then
        relay.pass(299);
        assertThat(reaches(PEER)).isTrue();
        client.permit(PEER);
        relay.pass(299);
        assertThat(reaches(PEER)).isTrue();
        relay.pass(1);
        assertThat(reaches(PEER)).isFalse();
        assertThat(hears(PEER)).isFalse();
        assertThat(client.client.allocation().permissions()).isEmpty();
    }

    static Stream<Arguments> badPermissions() {
        return Stream.of(
                Arguments.of(400, (UnaryOperator<StunWriter>) w -> w),
                Arguments.of(
                        400, (UnaryOperator<StunWriter>) w -> w.attribute(StunAttribute.XOR_PEER_ADDRESS, new byte[3])),
                Arguments.of(400, (UnaryOperator<StunWriter>)
                        w -> TestClient.peer(w, PEER).attribute(StunAttribute.XOR_PEER_ADDRESS, new byte[20])),
                Arguments.of(443, (UnaryOperator<StunWriter>) w -> TestClient.peer(w, TestRelay.PEER6)),
                Arguments.of(443, (UnaryOperator<StunWriter>)
                        w -> TestClient.peer(TestClient.peer(w, PEER), TestRelay.PEER6)),
                Arguments.of(
                        403, (UnaryOperator<StunWriter>) w -> TestClient.peer(TestClient.peer(w, PEER), STRANGER)));
    }

    @ParameterizedTest
    @MethodSource("badPermissions")
    void shouldPermitAllOrNone(int code, UnaryOperator<StunWriter> attributes) {
        // given
        Allocation allocation = client.allocated();
        relay.policy.peers = peer -> !peer.equals(STRANGER);
        // when
        int answer = client.code(StunType.CREATE_PERMISSION_REQUEST, attributes);
        // then
        assertThat(answer).isEqualTo(code);
        assertThat(allocation.permissions()).isEmpty();
    }

    @Test
    void shouldPermitSeveralAtOnce() {
        // given
        Allocation allocation = client.allocated();
        // when
        client.ask(StunType.CREATE_PERMISSION_REQUEST, w -> TestClient.peer(TestClient.peer(w, PEER), STRANGER));
        // then
        assertThat(allocation.permissions()).hasSize(2);
        assertThat(reaches(STRANGER)).isTrue();
    }

    @Test
    void shouldHoldNoMorePermissionsAndChannelsThanTheLimits() {
        // given
        TurnLimits limits = new TurnLimits(600, 3600, 2, 3, 64, 3600, TurnLimits.AnonymousRate.DEFAULT);
        TestRelay small = new TestRelay(new TurnSettings(TestPolicy.REALM, "", true, true, TurnFeatures.ALL, limits));
        TestClient greedy = small.client();
        greedy.allocate();
        // when / then
        assertThat(greedy.permit(PEER).errorCode()).isEqualTo(-1);
        assertThat(greedy.bind(0x4000, STRANGER).errorCode()).isEqualTo(-1);
        assertThat(greedy.permit(TestRelay.address("203.0.113.7", 1)).errorCode())
                .isEqualTo(508);
        assertThat(greedy.bind(0x4001, TestRelay.address("203.0.113.7", 1)).errorCode())
                .isEqualTo(508);
        assertThat(greedy.permit(PEER).errorCode()).isEqualTo(-1);
        assertThat(greedy.bind(0x4002, PEER).errorCode()).isEqualTo(-1);
        assertThat(greedy.bind(0x4003, SAME_IP).errorCode()).isEqualTo(-1);
        assertThat(greedy.bind(0x4004, PEER.withPort(9)).errorCode()).isEqualTo(508);
        assertThat(greedy.bind(0x4003, SAME_IP).errorCode()).isEqualTo(-1);
    }

    @Test
    void shouldFindAChannelByNumberAndByPeer() {
        // given
        Allocation allocation = client.allocated();
        // when
        assertThat(client.bind(0x4abc, PEER).errorCode()).isEqualTo(-1);
        // then
        Channel channel = allocation.channel(0x4abc);
        assertThat(channel.peer()).isEqualTo(PEER);
        assertThat(channel.port()).isSameAs(allocation.relayPort(AddressFamily.IPV4));
        assertThat(allocation.channelOf(PEER.high(), PEER.low(), PEER.port())).isSameAs(channel);
        assertThat(allocation.channel(0x4abd)).isNull();
        assertThat(allocation.channelOf(PEER.high(), PEER.low(), 7001)).isNull();
        assertThat(channel.permits(relay.nowNanos)).isTrue();
        assertThat(reaches(SAME_IP)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "0x3FFF, 400",
        "0x4000, -1",
        "0x4FFF, -1",
        "0x5000, 400",
        "0x7FFF, 400",
        "0x8000, 400",
        "0xFFFF, 400",
        "0, 400"
    })
    void shouldBindTheNumbersOfRfc8656(String number, int code) {
        // given
        TurnFeatures strict = new TurnFeatures(true, true, true, true, false);
        TestRelay modern =
                new TestRelay(new TurnSettings(TestPolicy.REALM, "", true, true, strict, TurnLimits.DEFAULT));
        TestClient one = modern.client();
        one.allocate();
        // when / then
        assertThat(one.bind(Integer.decode(number), PEER).errorCode()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"0x3FFF, 400", "0x4000, -1", "0x5000, -1", "0x7FFF, -1", "0x8000, 400"})
    void shouldBindTheNumbersOfRfc5766WhereOldClientsAreServed(String number, int code) {
        // given
        client.allocate();
        // when / then
        assertThat(client.bind(Integer.decode(number), PEER).errorCode()).isEqualTo(code);
    }

    @Test
    void shouldBindANumberToOnePeerAndAPeerToOneNumber() {
        // given
        client.allocate();
        client.bind(0x4000, PEER);
        // when / then
        assertThat(client.bind(0x4000, PEER).errorCode()).isEqualTo(-1);
        assertThat(client.bind(0x4000, SAME_IP).errorCode()).isEqualTo(400);
        assertThat(client.bind(0x4001, PEER).errorCode()).isEqualTo(400);
        client.bind(0x4001, SAME_IP);
        assertThat(client.bind(0x4000, SAME_IP).errorCode()).isEqualTo(400);
    }

    @Test
    void shouldRefuseBindingWhatMayNotBeReached() {
        // given
        client.allocate();
        relay.policy.peers = peer -> peer.port() == 7000;
        // when / then
        assertThat(client.bind(0x4000, SAME_IP).errorCode()).isEqualTo(403);
        assertThat(client.bind(0x4000, TestRelay.PEER6).errorCode()).isEqualTo(443);
        assertThat(client.code(StunType.CHANNEL_BIND_REQUEST, w -> TestClient.peer(w, PEER)))
                .isEqualTo(400);
        assertThat(client.code(StunType.CHANNEL_BIND_REQUEST, w -> w.number(StunAttribute.CHANNEL_NUMBER, 0x40000000L)))
                .isEqualTo(400);
        assertThat(client.code(
                        StunType.CHANNEL_BIND_REQUEST,
                        w -> TestClient.peer(w, PEER).attribute(StunAttribute.CHANNEL_NUMBER, new byte[] {0x40, 0})))
                .isEqualTo(400);
        assertThat(client.client.allocation().permissions()).isEmpty();
    }

    @Test
    void shouldOutliveItsPermissionAndEndAfterTenMinutes() {
        // given
        Allocation allocation = client.allocated();
        client.refresh(3600);
        client.bind(0x4000, PEER);
        // when / then
        relay.pass(300);
        assertThat(allocation.channel(0x4000)).isNotNull();
        assertThat(allocation.channel(0x4000).permits(relay.nowNanos)).isFalse();
        assertThat(reaches(PEER)).isFalse();
        client.permit(PEER);
        assertThat(allocation.channel(0x4000).permits(relay.nowNanos)).isTrue();
        relay.pass(299);
        assertThat(allocation.channel(0x4000)).isNotNull();
        relay.pass(1);
        assertThat(allocation.channel(0x4000)).isNull();
        assertThat(allocation.channelOf(PEER.high(), PEER.low(), PEER.port())).isNull();
        assertThat(allocation.permissions()).isEmpty();
        assertThat(client.bind(0x4000, SAME_IP).errorCode()).isEqualTo(-1);
    }

    static Stream<UnaryOperator<StunWriter>> uselessIndications() {
        return Stream.of(
                w -> w,
                w -> TestClient.peer(w, PEER),
                w -> w.attribute(StunAttribute.DATA, DATA),
                w -> TestClient.peer(w, TestRelay.PEER6).attribute(StunAttribute.DATA, DATA),
                w -> w.attribute(StunAttribute.XOR_PEER_ADDRESS, new byte[4]).attribute(StunAttribute.DATA, DATA),
                w -> TestClient.peer(w, PEER)
                        .attribute(StunAttribute.DATA, DATA)
                        .flag(0x7001));
    }

    @ParameterizedTest
    @MethodSource("uselessIndications")
    void shouldDropIndicationsItCannotFollowInSilence(UnaryOperator<StunWriter> attributes) {
        // given
        client.allocate();
        client.permit(PEER);
        relay.forget();
        // when
        client.send(attributes
                .apply(StunWriter.begin(StunType.SEND_INDICATION, new byte[12]))
                .finish());
        // then
        assertThat(relay.outputs).isEmpty();
    }

    @Test
    void shouldPassDontFragmentOn() {
        // given
        client.allocate();
        client.permit(PEER);
        // when
        client.send(TestClient.peer(StunWriter.begin(StunType.SEND_INDICATION, new byte[12]), PEER)
                .flag(StunAttribute.DONT_FRAGMENT)
                .attribute(StunAttribute.DATA, DATA)
                .finish());
        // then
        assertThat(relay.last(TurnOutput.ToPeer.class).dontFragment()).isTrue();
    }

    @Test
    void shouldSendNothingWithoutAnAllocation() {
        // when
        client.indicate(PEER, DATA);
        // then
        assertThat(relay.outputs).isEmpty();
    }

    @Test
    void shouldTellOfIcmpErrors() {
        // given
        client.allocate();
        client.permit(PEER);
        // when
        relay.server.peerUnreachable(relay.nowNanos, client.client.allocation(), PEER, 3, 4, 1280);
        relay.server.peerUnreachable(relay.nowNanos, client.client.allocation(), STRANGER, 3, 4, 1280);
        relay.drain();
        // then
        StunMessage indication = relay.lastTo(client.client);
        assertThat(indication.xorAddress(StunAttribute.XOR_PEER_ADDRESS)).isEqualTo(PEER.toSocketAddress());
        assertThat(indication.attribute(StunAttribute.ICMP)).isEqualTo(new byte[] {0, 0, 6, 4, 0, 0, 5, 0});
        assertThat(indication.has(StunAttribute.DATA)).isFalse();
    }

    @Test
    void shouldEndWhatThePolicyAllowsNoLonger() {
        // given
        Allocation allocation = client.allocated();
        client.bind(0x4000, PEER);
        client.bind(0x4001, STRANGER);
        // when
        relay.policy.peers = peer -> !peer.isSameIp(PEER);
        relay.server.peersChanged(relay.nowNanos);
        // then
        assertThat(allocation.channel(0x4000)).isNull();
        assertThat(allocation.channel(0x4001)).isNotNull();
        assertThat(reaches(PEER)).isFalse();
        assertThat(hears(PEER)).isFalse();
        assertThat(reaches(STRANGER)).isTrue();
    }

    @Test
    void shouldKeepWhatStandsAndAllowNothingNewTowardsAKeptPeer() {
        // given
        Allocation allocation = client.allocated();
        client.bind(0x4000, PEER);
        // when
        relay.policy.peers = peer -> false;
        relay.policy.keptPeers = peer -> true;
        relay.server.peersChanged(relay.nowNanos);
        // then
        assertThat(allocation.channel(0x4000)).isNotNull();
        assertThat(reaches(PEER)).isTrue();
        assertThat(hears(PEER)).isTrue();
        assertThat(client.permit(PEER).errorCode()).isEqualTo(-1);
        assertThat(client.bind(0x4000, PEER).errorCode()).isEqualTo(-1);
        assertThat(client.bind(0x4001, SAME_IP).errorCode()).isEqualTo(403);
        assertThat(client.permit(STRANGER).errorCode()).isEqualTo(403);
        assertThat(client.bind(0x4002, STRANGER).errorCode()).isEqualTo(403);
        assertThat(relay.policy.told).containsExactly("alice " + SAME_IP, "alice " + STRANGER, "alice " + STRANGER);
        assertThat(relay.server.counters().byErrorCode[403 - ServerCounters.LOWEST_CODE])
                .isEqualTo(3);
    }

    @Test
    void shouldSpendSlicesOfSharedBandwidth() {
        // given
        long[] left = {3000};
        relay.policy.bandwidth = (wanted, now) -> {
            long slice = Math.min(left[0], 2000);
            left[0] -= slice;
            return slice;
        };
        Allocation allocation = client.allocated();
        // when / then
        assertThat(allocation.spend(1500, 0)).isTrue();
        assertThat(allocation.spend(1500, 0)).isTrue();
        assertThat(allocation.spend(1, 0)).isFalse();
    }

    @Test
    void shouldSpendWithoutEndWhereNothingIsLimited() {
        // given
        Allocation allocation = client.allocated();
        // when / then
        for (int i = 0; i < 1000; i++) {
            assertThat(allocation.spend(Integer.MAX_VALUE, i)).isTrue();
        }
    }
}
