package io.convoke.protocols.ice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.stun.StunVectors;
import io.convoke.protocols.stun.StunWriter;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class IceLiteAgentTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long TIMEOUT = 30 * SECOND;
    private static final byte[] LOCAL_PASSWORD = "local-password-of-22-ch".getBytes(UTF_8);
    private static final byte[] ID = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    private static final InetSocketAddress HOME = new InetSocketAddress("192.0.2.7", 4000);
    private static final InetSocketAddress MOBILE = new InetSocketAddress("2001:db8::7", 5000);

    private final IceLiteAgent agent =
            new IceLiteAgent("SRV1", "local-password-of-22-ch", "cli9", "remote-password-of-22-c", TIMEOUT);

    private static StunWriter request() {
        return StunWriter.begin(StunType.BINDING_REQUEST, ID)
                .text(StunAttribute.USERNAME, "SRV1:cli9")
                .number(StunAttribute.PRIORITY, 1)
                .longNumber(StunAttribute.ICE_CONTROLLING, 42);
    }

    private static StunMessage signed(StunWriter writer) {
        return parse(writer.messageIntegrity(LOCAL_PASSWORD).fingerprint().finish());
    }

    private static StunMessage check() {
        return signed(request());
    }

    private static StunMessage nomination() {
        return signed(request().flag(StunAttribute.USE_CANDIDATE));
    }

    private static StunMessage parse(byte[] bytes) {
        return StunMessage.parse(bytes, 0, bytes.length);
    }

    private StunMessage answer(StunMessage request) {
        return parse(agent.handleBinding(0, request, HOME));
    }

    @Test
    void shouldAnswerACheckWithTheAddressItCameFrom() {
        // when
        StunMessage answer = answer(check());
        // then
        assertThat(answer.type()).isEqualTo(StunType.BINDING_SUCCESS);
        assertThat(answer.transactionId()).isEqualTo(ID);
        assertThat(answer.xorAddress(StunAttribute.XOR_MAPPED_ADDRESS)).isEqualTo(HOME);
        assertThat(answer.integrityHolds(LOCAL_PASSWORD)).isTrue();
        assertThat(answer.fingerprintHolds()).isTrue();
        assertThat(agent.state()).isEqualTo(IceState.CHECKING);
        assertThat(agent.isValidated(HOME)).isTrue();
        assertThat(agent.isValidated(MOBILE)).isFalse();
        assertThat(agent.selected()).isNull();
    }

    @Test
    void shouldGoOnWithTheAddressThatIsStillChecked() {
        // given: both nominated, as aggressive clients do, and only the first kept fresh
        agent.handleBinding(0, nomination(), HOME);
        agent.handleBinding(0, nomination(), MOBILE);
        agent.handleBinding(TIMEOUT - SECOND, check(), HOME);
        // when
        IceState state = agent.handleTimeout(TIMEOUT);
        // then
        assertThat(state).isEqualTo(IceState.CONNECTED);
        assertThat(agent.selected()).isEqualTo(HOME);
        // when
        IceState later = agent.handleTimeout(2 * TIMEOUT - SECOND);
        // then
        assertThat(later).isEqualTo(IceState.DISCONNECTED);
        assertThat(agent.selected()).isNull();
    }

    @Test
    void shouldSelectTheAddressNominatedLast() {
        // when
        agent.handleBinding(0, check(), HOME);
        agent.handleBinding(0, nomination(), HOME);
        // then
        assertThat(agent.state()).isEqualTo(IceState.CONNECTED);
        assertThat(agent.selected()).isEqualTo(HOME);
        // when: the client moves
        agent.handleBinding(SECOND, check(), MOBILE);
        assertThat(agent.selected()).isEqualTo(HOME);
        agent.handleBinding(SECOND, nomination(), MOBILE);
        // then
        assertThat(agent.selected()).isEqualTo(MOBILE);
        assertThat(agent.isValidated(HOME)).isTrue();
    }

    @Test
    void shouldRefuseRequestsWithoutCredentials() {
        StunMessage unsigned = parse(request().fingerprint().finish());
        StunMessage anonymous = signed(StunWriter.begin(StunType.BINDING_REQUEST, ID));
        assertThat(answer(unsigned).errorCode()).isEqualTo(400);
        assertThat(answer(anonymous).errorCode()).isEqualTo(400);
        assertThat(answer(unsigned).hasIntegrity()).isFalse();
        assertThat(agent.isValidated(HOME)).isFalse();
        assertThat(agent.state()).isEqualTo(IceState.NEW);
    }

    @Test
    void shouldRefuseWrongCredentials() {
        // given
        StunMessage wrongPassword =
                parse(request().messageIntegrity("wrong".getBytes(UTF_8)).finish());
        StunMessage otherSession =
                signed(StunWriter.begin(StunType.BINDING_REQUEST, ID).text(StunAttribute.USERNAME, "SRV2:cli9"));
        StunMessage otherPeer =
                signed(StunWriter.begin(StunType.BINDING_REQUEST, ID).text(StunAttribute.USERNAME, "SRV1:cli8"));
        // then
        assertThat(answer(wrongPassword).errorCode()).isEqualTo(401);
        assertThat(answer(otherSession).errorCode()).isEqualTo(401);
        assertThat(answer(otherPeer).errorCode()).isEqualTo(401);
        assertThat(answer(wrongPassword).type()).isEqualTo(StunType.BINDING_ERROR);
        assertThat(agent.isValidated(HOME)).isFalse();
    }

    @Test
    void shouldSendAPeerThatClaimsToBeControlledIntoTheOtherRole() {
        // given
        StunMessage controlled = signed(StunWriter.begin(StunType.BINDING_REQUEST, ID)
                .text(StunAttribute.USERNAME, "SRV1:cli9")
                .longNumber(StunAttribute.ICE_CONTROLLED, 42));
        // when
        StunMessage answer = answer(controlled);
        // then
        assertThat(answer.errorCode()).isEqualTo(487);
        assertThat(answer.integrityHolds(LOCAL_PASSWORD)).isTrue();
        assertThat(agent.isValidated(HOME)).isFalse();
    }

    @Test
    void shouldNameTheAttributesItDoesNotKnow() {
        StunMessage answer = answer(signed(request().flag(0x7777)));
        assertThat(answer.errorCode()).isEqualTo(420);
        assertThat(answer.attribute(StunAttribute.UNKNOWN_ATTRIBUTES)).containsExactly(0x77, 0x77);
        assertThat(answer(signed(request().flag(0xC057))).type()).isEqualTo(StunType.BINDING_SUCCESS);
    }

    @Test
    void shouldStaySilentForAnythingButAnIntactRequest() {
        // given
        byte[] damaged =
                request().messageIntegrity(LOCAL_PASSWORD).fingerprint().finish();
        damaged[damaged.length - 1] ^= 1;
        StunMessage indication =
                parse(StunWriter.begin(StunType.BINDING_INDICATION, ID).finish());
        StunMessage response = parse(StunVectors.bytes(StunVectors.IPV4_RESPONSE));
        // then
        assertThat(agent.handleBinding(0, parse(damaged), HOME)).isNull();
        assertThat(agent.handleBinding(0, indication, HOME)).isNull();
        assertThat(agent.handleBinding(0, response, HOME)).isNull();
        assertThat(agent.state()).isEqualTo(IceState.NEW);
    }

    @Test
    void shouldKeepConsentAsLongAsAnyCheckComesFromTheSelectedAddress() {
        // given
        agent.handleBinding(0, nomination(), HOME);
        // when
        for (int second = 5; second < 300; second += 25) {
            agent.handleBinding(second * SECOND, check(), HOME);
            assertThat(agent.handleTimeout(agent.deadlineNanos() - 1)).isEqualTo(IceState.CONNECTED);
        }
        // then
        assertThat(agent.handleTimeout(agent.deadlineNanos())).isEqualTo(IceState.DISCONNECTED);
        assertThat(agent.selected()).isNull();
        assertThat(agent.isValidated(HOME)).isFalse();
        assertThat(agent.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldNotRenewConsentByChecksFromElsewhereOrForgedOnes() {
        // given
        agent.handleBinding(0, nomination(), HOME);
        // when
        agent.handleBinding(20 * SECOND, check(), MOBILE);
        agent.handleBinding(20 * SECOND, parse(request().fingerprint().finish()), HOME);
        // then
        assertThat(agent.deadlineNanos()).isEqualTo(TIMEOUT);
        assertThat(agent.handleTimeout(TIMEOUT)).isEqualTo(IceState.DISCONNECTED);
    }

    @Test
    void shouldStayDisconnectedOnceConsentIsLost() {
        // given
        agent.handleBinding(0, nomination(), HOME);
        // when: the check itself comes too late
        byte[] answer = agent.handleBinding(TIMEOUT, nomination(), HOME);
        // then
        assertThat(answer).isNull();
        assertThat(agent.state()).isEqualTo(IceState.DISCONNECTED);
        assertThat(agent.selected()).isNull();
    }

    @Test
    void shouldForgetAddressesThatWereNeverChosen() {
        // given
        agent.handleBinding(0, check(), HOME);
        assertThat(agent.deadlineNanos()).isEqualTo(TIMEOUT);
        // then
        assertThat(agent.handleTimeout(TIMEOUT)).isEqualTo(IceState.NEW);
        assertThat(agent.isValidated(HOME)).isFalse();
    }

    @Test
    void shouldBoundTheAddressesAndNeverDropTheSelectedOne() {
        // given
        agent.handleBinding(0, nomination(), HOME);
        // when
        for (int port = 1; port <= 100; port++) {
            agent.handleBinding(port, check(), new InetSocketAddress("198.51.100.1", port));
        }
        // then
        assertThat(agent.selected()).isEqualTo(HOME);
        assertThat(agent.isValidated(HOME)).isTrue();
        assertThat(agent.isValidated(new InetSocketAddress("198.51.100.1", 100)))
                .isTrue();
        assertThat(agent.isValidated(new InetSocketAddress("198.51.100.1", 1))).isFalse();
    }

    @Test
    void shouldMeasureTimeAcrossTheWrapOfTheClock() {
        // given
        long start = Long.MAX_VALUE - SECOND;
        agent.handleBinding(start, nomination(), HOME);
        // then
        assertThat(agent.handleTimeout(start + TIMEOUT - 1)).isEqualTo(IceState.CONNECTED);
        assertThat(agent.handleTimeout(start + TIMEOUT)).isEqualTo(IceState.DISCONNECTED);
    }
}
