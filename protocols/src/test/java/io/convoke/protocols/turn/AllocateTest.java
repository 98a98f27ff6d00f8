package io.convoke.protocols.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.stun.StunWriter;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AllocateTest {
    private static final byte[] NEXT_TOO = {(byte) 0x80};
    private static final byte[] EVEN = {0};

    private final TestRelay relay = new TestRelay();
    private final TestClient client = relay.client();

    private static UnaryOperator<StunWriter> with(int type, byte... value) {
        return writer -> TestClient.udp(writer).attribute(type, value);
    }

    private int codeOf(UnaryOperator<StunWriter> attributes) {
        return client.code(StunType.ALLOCATE_REQUEST, attributes);
    }

    @Test
    void shouldGiveARelayedAddressTheMappedAddressAndTenMinutes() {
        // when
        StunMessage answer = client.allocate();
        // then
        assertThat(answer.type()).isEqualTo(StunType.successOf(StunType.ALLOCATE_REQUEST));
        assertThat(answer.xorAddress(StunAttribute.XOR_RELAYED_ADDRESS))
                .isEqualTo(new InetSocketAddress("198.51.100.9", 50_000));
        assertThat(answer.xorAddress(StunAttribute.XOR_MAPPED_ADDRESS))
                .isEqualTo(new InetSocketAddress("192.0.2.7", 4000));
        assertThat(answer.number(StunAttribute.LIFETIME)).isEqualTo(600);
        assertThat(answer.has(StunAttribute.RESERVATION_TOKEN)).isFalse();
        assertThat(answer.has(StunAttribute.MOBILITY_TICKET)).isFalse();
    }

    @Test
    void shouldReportTheAllocationBeforeItsReply() {
        // when
        Allocation allocation = client.allocated();
        // then
        List<TurnOutput> lastTwo = relay.outputs.subList(relay.outputs.size() - 2, relay.outputs.size());
        assertThat(lastTwo.get(0)).isEqualTo(new TurnOutput.Allocated(allocation));
        assertThat(lastTwo.get(1)).isInstanceOf(TurnOutput.Reply.class);
        assertThat(relay.server.allocations()).containsExactly(allocation);
        assertThat(allocation.username()).isEqualTo("alice");
        assertThat(allocation.client()).isSameAs(client.client);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 600",
        "0, 600",
        "1, 600",
        "599, 600",
        "600, 600",
        "601, 601",
        "3600, 3600",
        "3601, 3600",
        "4294967295, 3600"
    })
    void shouldGrantLifetimesBetweenTheDefaultAndTheMaximum(long asked, long granted) {
        // when
        StunMessage answer = client.ask(
                StunType.ALLOCATE_REQUEST,
                writer -> asked < 0
                        ? TestClient.udp(writer)
                        : TestClient.udp(writer).number(StunAttribute.LIFETIME, asked));
        // then
        assertThat(answer.number(StunAttribute.LIFETIME)).isEqualTo(granted);
        relay.pass(granted - 1);
        assertThat(relay.server.allocations()).hasSize(1);
        relay.pass(1);
        relay.assertNothingHeld();
        assertThat(relay.last(TurnOutput.Freed.class).why()).isEqualTo(CloseReason.EXPIRED);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refused("no REQUESTED-TRANSPORT", 400, writer -> writer),
                refused(
                        "REQUESTED-TRANSPORT of one byte",
                        400,
                        writer -> writer.attribute(StunAttribute.REQUESTED_TRANSPORT, new byte[] {17})),
                refused(
                        "an unknown transport",
                        442,
                        writer -> writer.attribute(StunAttribute.REQUESTED_TRANSPORT, new byte[] {1, 0, 0, 0})),
                refused(
                        "TCP over UDP",
                        400,
                        writer -> writer.attribute(StunAttribute.REQUESTED_TRANSPORT, TestClient.TCP)),
                refused("LIFETIME of two bytes", 400, with(StunAttribute.LIFETIME, (byte) 0, (byte) 9)),
                refused("EVEN-PORT of four bytes", 400, with(StunAttribute.EVEN_PORT, TestClient.IPV4)),
                refused(
                        "an unknown family",
                        440,
                        with(StunAttribute.REQUESTED_ADDRESS_FAMILY, (byte) 3, (byte) 0, (byte) 0, (byte) 0)),
                refused("family of one byte", 400, with(StunAttribute.REQUESTED_ADDRESS_FAMILY, (byte) 1)),
                refused("additional IPv4", 400, with(StunAttribute.ADDITIONAL_ADDRESS_FAMILY, TestClient.IPV4)),
                refused(
                        "requested and additional family",
                        400,
                        writer -> with(StunAttribute.ADDITIONAL_ADDRESS_FAMILY, TestClient.IPV6)
                                .apply(writer)
                                .attribute(StunAttribute.REQUESTED_ADDRESS_FAMILY, TestClient.IPV4)),
                refused(
                        "additional family and next port",
                        400,
                        writer -> with(StunAttribute.ADDITIONAL_ADDRESS_FAMILY, TestClient.IPV6)
                                .apply(writer)
                                .attribute(StunAttribute.EVEN_PORT, NEXT_TOO)),
                refused("a token nobody gave", 508, with(StunAttribute.RESERVATION_TOKEN, new byte[8])),
                refused("token of four bytes", 400, with(StunAttribute.RESERVATION_TOKEN, new byte[4])),
                refused(
                        "token and EVEN-PORT",
                        400,
                        writer -> with(StunAttribute.RESERVATION_TOKEN, new byte[8])
                                .apply(writer)
                                .attribute(StunAttribute.EVEN_PORT, EVEN)),
                refused(
                        "token and family",
                        400,
                        writer -> with(StunAttribute.RESERVATION_TOKEN, new byte[8])
                                .apply(writer)
                                .attribute(StunAttribute.REQUESTED_ADDRESS_FAMILY, TestClient.IPV4)),
                refused("a filled ticket", 400, with(StunAttribute.MOBILITY_TICKET, new byte[16])),
                refused("an unknown attribute that must be understood", 420, with(0x7001, (byte) 1)));
    }

    private static Arguments refused(String what, int code, UnaryOperator<StunWriter> attributes) {
        return Arguments.of(what, code, attributes);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refused")
    void shouldRefuse(String what, int code, UnaryOperator<StunWriter> attributes) {
        // when
        StunMessage answer = client.ask(StunType.ALLOCATE_REQUEST, attributes);
        // then
        assertThat(answer.type()).isEqualTo(StunType.errorOf(StunType.ALLOCATE_REQUEST));
        assertThat(answer.errorCode()).isEqualTo(code);
        assertThat(answer.hasIntegrity()).isTrue();
        relay.assertNothingHeld();
    }

    @Test
    void shouldNameTheAttributesItDoesNotUnderstand() {
        // when
        StunMessage answer = client.ask(
                StunType.ALLOCATE_REQUEST,
                writer -> TestClient.udp(writer).flag(0x7001).flag(0x8fff).flag(0x7002));
        // then
        assertThat(answer.attribute(StunAttribute.UNKNOWN_ATTRIBUTES)).isEqualTo(new byte[] {0x70, 0x01, 0x70, 0x02});
    }

    @Test
    void shouldRefuseDontFragmentWhereSocketsCannot() {
        // given
        TurnFeatures features = new TurnFeatures(true, true, false, true, true);
        TestRelay plain =
                new TestRelay(new TurnSettings(TestPolicy.REALM, "", true, true, features, TurnLimits.DEFAULT));
        // when
        StunMessage answer = plain.client().ask(StunType.ALLOCATE_REQUEST, with(StunAttribute.DONT_FRAGMENT));
        // then
        assertThat(answer.errorCode()).isEqualTo(420);
        assertThat(codeOf(with(StunAttribute.DONT_FRAGMENT))).isEqualTo(-1);
    }

    @Test
    void shouldAnswerTheSameRequestAgainAndRefuseAnotherOnTheSameTuple() {
        // given
        client.allocate();
        byte[] request = client.request(StunType.ALLOCATE_REQUEST, TestClient::udp);
        client.refresh(0);
        client.exchange(request);
        StunMessage first = relay.lastTo(client.client);
        // when
        StunMessage again = client.exchange(request);
        // then
        assertThat(again.xorAddress(StunAttribute.XOR_RELAYED_ADDRESS))
                .isEqualTo(first.xorAddress(StunAttribute.XOR_RELAYED_ADDRESS));
        assertThat(relay.server.allocations()).hasSize(1);
        assertThat(codeOf(TestClient::udp)).isEqualTo(437);
    }

    @Test
    void shouldAnswerOnceWhileAPortIsBeingOpened() {
        // given
        client.allocate();
        client.refresh(0);
        relay.forget();
        relay.delaysOpening = true;
        byte[] request = client.request(StunType.ALLOCATE_REQUEST, TestClient::udp);
        relay.handle(client.client, request);
        relay.handle(client.client, request);
        // when
        relay.delayed.forEach(relay::open);
        relay.drain();
        // then
        assertThat(relay.all(TurnOutput.OpenRelay.class)).hasSize(1);
        assertThat(relay.all(TurnOutput.Reply.class)).hasSize(1);
        assertThat(relay.policy.leases).isEqualTo(1);
    }

    @Test
    void shouldCloseAPortThatOpensAfterItsClientHasGone() {
        // given
        TestClient stream = relay.client(Transport.TCP, "192.0.2.8", 1);
        relay.delaysOpening = true;
        stream.learn(stream.exchange(stream.request(StunType.ALLOCATE_REQUEST, TestClient::udp)));
        relay.handle(
                stream.client,
                stream.request(
                        StunType.ALLOCATE_REQUEST,
                        writer -> TestClient.udp(writer).attribute(StunAttribute.EVEN_PORT, NEXT_TOO)));
        // when
        relay.server.clientGone(relay.nowNanos, stream.client);
        relay.drain();
        relay.delayed.forEach(relay::open);
        relay.drain();
        // then
        relay.assertNothingHeld();
    }

    @Test
    void shouldGiveBothFamilies() {
        // when
        Allocation allocation = dual();
        // then
        StunMessage answer = relay.lastTo(client.client);
        int first = answer.find(StunAttribute.XOR_RELAYED_ADDRESS);
        int second = answer.findNext(StunAttribute.XOR_RELAYED_ADDRESS, first);
        assertThat(answer.family(first)).isEqualTo(1);
        assertThat(answer.family(second)).isEqualTo(2);
        assertThat(allocation.relayPorts()).hasSize(2);
    }

    @Test
    void shouldGiveBothFamiliesUnderTheDraftsNumber() {
        assertThat(client.ask(StunType.ALLOCATE_REQUEST, with(0x8032, TestClient.IPV6))
                        .errorCode())
                .isEqualTo(-1);
        assertThat(client.client.allocation().relayPorts()).hasSize(2);
    }

    private Allocation dual() {
        StunMessage answer =
                client.ask(StunType.ALLOCATE_REQUEST, with(StunAttribute.ADDITIONAL_ADDRESS_FAMILY, TestClient.IPV6));
        assertThat(answer.errorCode()).isEqualTo(-1);
        return client.client.allocation();
    }

    @Test
    void shouldGiveOneFamilyWithTheOthersErrorWhereOnlyOneCanBeHad() {
        // given
        TestRelay old = new TestRelay(
                new TurnSettings(TestPolicy.REALM, "", true, false, TurnFeatures.ALL, TurnLimits.DEFAULT));
        // when
        StunMessage answer = old.client()
                .ask(StunType.ALLOCATE_REQUEST, with(StunAttribute.ADDITIONAL_ADDRESS_FAMILY, TestClient.IPV6));
        // then
        assertThat(answer.errorCode()).isEqualTo(-1);
        assertThat(answer.attribute(StunAttribute.ADDRESS_ERROR_CODE)).isEqualTo(new byte[] {2, 0, 4, 40});
        assertThat(old.client(Transport.UDP, "192.0.2.8", 1)
                        .code(StunType.ALLOCATE_REQUEST, with(StunAttribute.REQUESTED_ADDRESS_FAMILY, TestClient.IPV6)))
                .isEqualTo(440);
    }

    @Test
    void shouldGiveTheSecondFamilyWhenTheFirstHasNoPort() {
        // given
        relay.failures.add(OpenFailure.NO_PORT);
        // when
        StunMessage answer =
                client.ask(StunType.ALLOCATE_REQUEST, with(StunAttribute.ADDITIONAL_ADDRESS_FAMILY, TestClient.IPV6));
        // then
        assertThat(answer.attribute(StunAttribute.ADDRESS_ERROR_CODE)).isEqualTo(new byte[] {1, 0, 5, 8});
        assertThat(answer.family(answer.find(StunAttribute.XOR_RELAYED_ADDRESS)))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"NO_PORT, 508", "NO_FAMILY, 440", "FAILED, 500"})
    void shouldTellWhyNoPortWasOpened(OpenFailure failure, int code) {
        // given
        relay.failures.add(failure);
        // when
        int answer = codeOf(TestClient::udp);
        // then
        assertThat(answer).isEqualTo(code);
        relay.assertNothingHeld();
    }

    @ParameterizedTest
    @CsvSource({"QUOTA, 486", "FULL, 508", "FORBIDDEN, 403"})
    void shouldTellWhyTheQuotasRefuse(Admission.Refused refusal, int code) {
        // given
        relay.policy.refusal = refusal;
        // when
        int answer = codeOf(TestClient::udp);
        // then
        assertThat(answer).isEqualTo(code);
        relay.assertNothingHeld();
    }

    @Test
    void shouldSendNewClientsElsewhereWhileDraining() {
        // given
        relay.policy.alternate = TestRelay.OTHER;
        // when
        StunMessage answer = client.allocate();
        // then
        assertThat(answer.errorCode()).isEqualTo(300);
        assertThat(answer.address(StunAttribute.ALTERNATE_SERVER)).isEqualTo(TestRelay.OTHER.toSocketAddress());
        assertThat(answer.hasIntegrity()).isTrue();
    }

    @Test
    void shouldReserveTheNextPortForWhoShowsTheToken() {
        // given
        relay.client(Transport.UDP, "192.0.2.9", 1).allocate(); // takes port 50,000
        StunMessage answer = client.ask(StunType.ALLOCATE_REQUEST, with(StunAttribute.EVEN_PORT, NEXT_TOO));
        byte[] token = answer.attribute(StunAttribute.RESERVATION_TOKEN);
        assertThat(answer.xorAddress(StunAttribute.XOR_RELAYED_ADDRESS).getPort())
                .isEqualTo(50_002);
        // when
        TestClient second = relay.client(Transport.UDP, "192.0.2.7", 4001);
        StunMessage next = second.ask(StunType.ALLOCATE_REQUEST, with(StunAttribute.RESERVATION_TOKEN, token));
        // then
        assertThat(next.xorAddress(StunAttribute.XOR_RELAYED_ADDRESS).getPort()).isEqualTo(50_003);
        TestClient third = relay.client(Transport.UDP, "192.0.2.7", 4002);
        assertThat(third.code(StunType.ALLOCATE_REQUEST, with(StunAttribute.RESERVATION_TOKEN, token)))
                .isEqualTo(508);
        relay.pass(4000);
        relay.assertNothingHeld();
    }

    @Test
    void shouldTakeAReservedPortBackAfterHalfAMinute() {
        // given
        StunMessage answer = client.ask(StunType.ALLOCATE_REQUEST, with(StunAttribute.EVEN_PORT, NEXT_TOO));
        byte[] token = answer.attribute(StunAttribute.RESERVATION_TOKEN);
        assertThat(relay.open).hasSize(2);
        // when
        relay.pass(30);
        // then
        assertThat(relay.open).hasSize(1);
        TestClient second = relay.client(Transport.UDP, "192.0.2.7", 4001);
        assertThat(second.code(StunType.ALLOCATE_REQUEST, with(StunAttribute.RESERVATION_TOKEN, token)))
                .isEqualTo(508);
    }

    @Test
    void shouldTakeAReservedPortBackWithTheAllocationItWasOpenedFor() {
        // given
        client.ask(StunType.ALLOCATE_REQUEST, with(StunAttribute.EVEN_PORT, NEXT_TOO));
        // when
        client.refresh(0);
        // then
        assertThat(relay.open).isEmpty();
        relay.pass(30);
        relay.assertNothingHeld();
    }

    @Test
    void shouldHandATokenOfAnotherShardOverToIt() {
        // given
        TestRelay first = new TestRelay(TurnSettings.of(TestPolicy.REALM), 0, 3);
        TestClient from = first.client();
        byte[] token = {2, 1, 1, 1, 1, 1, 1, 1};
        byte[] request = from.request(StunType.ALLOCATE_REQUEST, with(StunAttribute.RESERVATION_TOKEN, token));
        // when
        first.handle(from.client, request);
        // then
        assertThat(first.outputs).singleElement().isInstanceOfSatisfying(TurnOutput.Route.class, route -> {
            assertThat(route.shard()).isEqualTo(2);
            assertThat(route.from()).isSameAs(from.client);
            assertThat(route.message()).isEqualTo(request);
        });
        token[0] = 3; // there is no such shard
        assertThat(from.code(StunType.ALLOCATE_REQUEST, with(StunAttribute.RESERVATION_TOKEN, token)))
                .isEqualTo(508);
    }
}
