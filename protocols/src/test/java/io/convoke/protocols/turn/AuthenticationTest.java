package io.convoke.protocols.turn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.protocols.stun.NonceCookie;
import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.stun.StunWriter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {
    private final TestRelay relay = new TestRelay();
    private final TestClient client = relay.client();

    private StunMessage first() {
        return client.exchange(TestClient.udp(StunWriter.begin(StunType.ALLOCATE_REQUEST, client.newTransactionId()))
                .finish());
    }

    private StunWriter again() {
        return TestClient.udp(StunWriter.begin(StunType.ALLOCATE_REQUEST, client.newTransactionId()));
    }

    @Test
    void shouldChallengeARequestWithoutCredentials() {
        // when
        StunMessage answer = first();
        // then
        assertThat(answer.errorCode()).isEqualTo(401);
        assertThat(answer.text(StunAttribute.REALM)).isEqualTo(TestPolicy.REALM);
        assertThat(NonceCookie.flags(answer.attribute(StunAttribute.NONCE)))
                .isEqualTo(NonceCookie.PASSWORD_ALGORITHMS | NonceCookie.USERNAME_ANONYMITY);
        assertThat(answer.attribute(StunAttribute.PASSWORD_ALGORITHMS)).isEqualTo(new byte[] {0, 2, 0, 0, 0, 1, 0, 0});
        assertThat(answer.has(StunAttribute.SOFTWARE)).isFalse();
        assertThat(answer.hasIntegrity()).isFalse();
    }

    @Test
    void shouldKeepUnauthenticatedAnswersShort() {
        // when
        byte[] smallest = StunWriter.begin(StunType.ALLOCATE_REQUEST, client.newTransactionId())
                .finish();
        StunMessage answer = client.exchange(smallest);
        // then: with the headers of IPv4 and UDP less than three times what came
        assertThat(answer.length()).isLessThanOrEqualTo(112);
        assertThat((answer.length() + 28) / (double) (smallest.length + 28)).isLessThan(3);
    }

    @ParameterizedTest
    @CsvSource({
        "false, false, false", "false, true, false", "true, false, false", "true, true, false",
        "false, false, true", "false, true, true", "true, false, true", "true, true, true"
    })
    void shouldTakeEachKindOfCredentials(boolean sha256, boolean strongPassword, boolean userhash) {
        // given
        client.sha256 = sha256;
        client.strongPassword = strongPassword;
        client.userhash = userhash;
        client.fingerprint = true;
        // when
        StunMessage answer = client.allocate();
        // then
        assertThat(answer.type()).isEqualTo(StunType.successOf(StunType.ALLOCATE_REQUEST));
        assertThat(answer.hasIntegrity()).isEqualTo(!sha256);
        assertThat(answer.hasIntegritySha256()).isEqualTo(sha256);
        assertThat(client.refresh(600).errorCode()).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({"alice, wrong", "mallory, wonderland", "'', ''"})
    void shouldChallengeWrongCredentialsAgain(String username, String password) {
        // given
        client.as(username, password);
        // when
        StunMessage answer = client.allocate();
        // then
        assertThat(answer.errorCode()).isEqualTo(401);
        assertThat(answer.hasIntegrity()).isFalse();
        assertThat(answer.has(StunAttribute.NONCE)).isTrue();
        relay.assertNothingHeld();
    }

    @Test
    void shouldNotKnowAUserhashOfNobody() {
        // given
        client.as("mallory", "wonderland").userhash = true;
        // when / then
        assertThat(client.allocate().errorCode()).isEqualTo(401);
        assertThat(relay.policy.told).containsExactly(" UNKNOWN_USER");
    }

    @Test
    void shouldTellWhoWasTurnedAwayAndWhy() {
        // when
        first();
        client.as("alice", "wrong").allocate();
        client.as("mallory", "wonderland").allocate();
        client.as("alice", "wonderland").allocate();
        // then
        assertThat(relay.policy.told).containsOnly("alice WRONG_PASSWORD", "mallory UNKNOWN_USER");
    }

    @ParameterizedTest
    @ValueSource(ints = {StunAttribute.USERNAME, StunAttribute.REALM, StunAttribute.NONCE})
    void shouldRefuseIntegrityWithoutWhatBelongsToIt(int missing) {
        // given
        client.learn(first());
        StunWriter request = again();
        if (missing != StunAttribute.USERNAME) {
            request.text(StunAttribute.USERNAME, "alice");
        }
        if (missing != StunAttribute.REALM) {
            request.text(StunAttribute.REALM, TestPolicy.REALM);
        }
        if (missing != StunAttribute.NONCE) {
            request.attribute(StunAttribute.NONCE, client.nonce);
        }
        // when
        StunMessage answer =
                client.exchange(request.messageIntegrity(new byte[16]).finish());
        // then
        assertThat(answer.errorCode()).isEqualTo(400);
        assertThat(answer.has(StunAttribute.NONCE)).isFalse();
    }

    @Test
    void shouldCallANonceStaleWhenItsTimeIsOver() {
        // given
        client.allocate();
        byte[] old = client.nonce;
        relay.pass(TurnLimits.DEFAULT.nonceLifetimeSeconds() + 1);
        // when
        StunMessage answer = client.exchange(client.request(StunType.ALLOCATE_REQUEST, TestClient::udp));
        // then
        assertThat(answer.errorCode()).isEqualTo(438);
        assertThat(answer.hasIntegrity()).isFalse();
        assertThat(answer.text(StunAttribute.REALM)).isEqualTo(TestPolicy.REALM);
        assertThat(answer.attribute(StunAttribute.NONCE)).isNotEqualTo(old);
        client.learn(answer);
        assertThat(client.allocate().errorCode()).isEqualTo(-1);
    }

    @Test
    void shouldNotTakeANonceFromAnotherAddressOrOfItsOwnMaking() {
        // given
        client.learn(first());
        TestClient elsewhere = relay.client(Transport.UDP, "192.0.2.99", 1);
        elsewhere.nonce = client.nonce;
        // when / then
        assertThat(elsewhere
                        .exchange(elsewhere.request(StunType.ALLOCATE_REQUEST, TestClient::udp))
                        .errorCode())
                .isEqualTo(438);
        client.nonce = "made up".getBytes(UTF_8);
        assertThat(client.exchange(client.request(StunType.ALLOCATE_REQUEST, TestClient::udp))
                        .errorCode())
                .isEqualTo(438);
    }

    @Test
    void shouldTakeNoNonceMadeWithKeysThatWereReplacedTwice() {
        // given
        client.learn(first());
        // when
        relay.nonceKeys.rotate(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
        // then
        assertThat(client.exchange(client.request(StunType.ALLOCATE_REQUEST, TestClient::udp))
                        .errorCode())
                .isEqualTo(-1);
        relay.nonceKeys.rotate(new byte[] {2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
        assertThat(client.exchange(client.request(StunType.REFRESH_REQUEST, w -> w))
                        .errorCode())
                .isEqualTo(438);
    }

    @Test
    void shouldRefuseAnOfferThatWasWeakenedOnTheWay() {
        // given
        client.learn(first());
        client.strongPassword = true;
        client.offered = new byte[] {0, 1, 0, 0};
        // when / then: another list than offered
        assertThat(client.exchange(client.request(StunType.ALLOCATE_REQUEST, TestClient::udp))
                        .errorCode())
                .isEqualTo(400);
        // and one attribute without the other
        client.strongPassword = false;
        byte[] choice = client.sign(again().attribute(StunAttribute.PASSWORD_ALGORITHM, new byte[] {0, 1, 0, 0}));
        assertThat(client.exchange(choice).errorCode()).isEqualTo(400);
        byte[] list =
                client.sign(again().attribute(StunAttribute.PASSWORD_ALGORITHMS, new byte[] {0, 2, 0, 0, 0, 1, 0, 0}));
        assertThat(client.exchange(list).errorCode()).isEqualTo(400);
    }

    @Test
    void shouldRefuseANonceWhoseAnnouncementWasTakenOut() {
        // given
        client.learn(first());
        byte[] cookie = NonceCookie.of(0).getBytes(UTF_8);
        System.arraycopy(cookie, 0, client.nonce, 0, cookie.length);
        // when
        StunMessage answer = client.exchange(client.request(StunType.ALLOCATE_REQUEST, TestClient::udp));
        // then
        assertThat(answer.errorCode()).isEqualTo(438);
    }

    @Test
    void shouldRefuseARequestChangedOnTheWay() {
        // given
        client.allocate();
        byte[] request = client.request(StunType.REFRESH_REQUEST, w -> w.number(StunAttribute.LIFETIME, 600));
        request[27] ^= 1;
        // when
        StunMessage answer = client.exchange(request);
        // then
        assertThat(answer.errorCode()).isEqualTo(401);
        assertThat(relay.server.allocations()).hasSize(1);
    }

    @Test
    void shouldIgnoreWhatStandsBehindTheIntegrity() {
        // given
        client.learn(first());
        byte[] signed = client.request(StunType.ALLOCATE_REQUEST, TestClient::udp);
        byte[] longer = Arrays.copyOf(signed, signed.length + 8);
        longer[signed.length] = 0x70; // an attribute that nobody knows and that must be understood
        longer[signed.length + 3] = 4;
        longer[3] += 8;
        // when / then
        assertThat(client.exchange(longer).errorCode()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                StunType.REFRESH_REQUEST,
                StunType.CREATE_PERMISSION_REQUEST,
                StunType.CHANNEL_BIND_REQUEST,
                StunType.CONNECT_REQUEST
            })
    void shouldKeepUsersFromEachOthersAllocations(int type) {
        // given
        client.allocate();
        // when
        StunMessage answer = client.as("bob", "builder")
                .ask(type, w -> TestClient.channel(w, 0x4000, TestRelay.PEER).number(StunAttribute.LIFETIME, 0));
        // then
        assertThat(answer.errorCode()).isEqualTo(441);
        assertThat(answer.hasIntegrity()).isTrue();
        assertThat(relay.server.allocations()).hasSize(1);
    }

    @Test
    void shouldGoOnWithTheKeyItBeganWithWhenCredentialsExpire() {
        // given
        client.allocate();
        relay.policy.passwords.remove("alice");
        // when / then
        assertThat(client.refresh(600).errorCode()).isEqualTo(-1);
        TestClient second = relay.client(Transport.UDP, "192.0.2.7", 4001);
        assertThat(second.allocate().errorCode()).isEqualTo(401);
        assertThat(relay.server.closeOf(relay.nowNanos, "alice", CloseReason.REVOKED))
                .isEqualTo(1);
        relay.drain();
        relay.assertNothingHeld();
    }

    @Test
    void shouldAnswerASourceNoFasterThanItsRate() {
        // given
        TurnLimits limits = new TurnLimits(600, 3600, 128, 256, 64, 3600, new TurnLimits.AnonymousRate(10, 20));
        TestRelay slow = new TestRelay(new TurnSettings(TestPolicy.REALM, "", true, true, TurnFeatures.ALL, limits));
        byte[] request =
                StunWriter.begin(StunType.ALLOCATE_REQUEST, new byte[12]).finish();
        // when
        for (int i = 0; i < 1000; i++) {
            slow.handle(slow.client(Transport.UDP, "192.0.2.7", i + 1).client, request);
        }
        // then
        assertThat(slow.all(TurnOutput.Reply.class)).hasSize(20);
        assertThat(slow.server.counters().limited).isEqualTo(980);
        slow.handle(slow.client(Transport.UDP, "192.0.2.8", 1).client, request);
        assertThat(slow.all(TurnOutput.Reply.class)).hasSize(21);
        slow.pass(1);
        for (int i = 0; i < 1000; i++) {
            slow.handle(slow.client(Transport.UDP, "192.0.2.7", i + 1).client, request);
        }
        assertThat(slow.all(TurnOutput.Reply.class)).hasSize(31);
    }

    @Test
    void shouldNotLimitThoseWhoHaveCredentials() {
        // given
        TurnLimits limits = new TurnLimits(600, 3600, 128, 256, 64, 3600, new TurnLimits.AnonymousRate(1, 1));
        TestRelay slow = new TestRelay(new TurnSettings(TestPolicy.REALM, "", true, true, TurnFeatures.ALL, limits));
        TestClient honest = slow.client();
        honest.allocate();
        // when / then
        for (int i = 0; i < 100; i++) {
            assertThat(honest.refresh(600).errorCode()).isEqualTo(-1);
        }
    }

    @Test
    void shouldTellItsSoftwareToUsersOnly() {
        // given
        TestRelay named = new TestRelay(
                new TurnSettings(TestPolicy.REALM, "Convoke", true, true, TurnFeatures.ALL, TurnLimits.DEFAULT));
        // when
        StunMessage answer = named.client().allocate();
        // then
        assertThat(answer.text(StunAttribute.SOFTWARE)).isEqualTo("Convoke");
        named.all(TurnOutput.Reply.class).stream()
                .map(reply -> StunMessage.parse(reply.message(), 0, reply.message().length))
                .filter(message -> message.errorCode() == 401)
                .forEach(message ->
                        assertThat(message.has(StunAttribute.SOFTWARE)).isFalse());
    }
}
