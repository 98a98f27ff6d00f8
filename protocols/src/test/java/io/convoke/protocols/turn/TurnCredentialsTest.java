package io.convoke.protocols.turn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.convoke.protocols.stun.PasswordAlgorithm;
import io.convoke.protocols.stun.StunIntegrity;
import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.stun.StunVectors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnCredentialsTest {
    private static final String REALM = "example.org";
    private static final byte[] SECRET = "north".getBytes(UTF_8);
    private static final byte[] OLD_SECRET = "south".getBytes(UTF_8);
    private static final long NOW = 1_700_000_000;

    private final TurnCredentials credentials =
            new TurnCredentials(REALM, Map.of("alice", "s3cret"), List.of(SECRET, OLD_SECRET));

    @Test
    void shouldGiveTheKeyOfAUser() {
        assertThat(credentials.keys("alice", PasswordAlgorithm.MD5, NOW))
                .containsExactly(PasswordAlgorithm.MD5.key("alice", REALM, "s3cret"));
        assertThat(credentials.keys("alice", PasswordAlgorithm.SHA256, NOW))
                .containsExactly(PasswordAlgorithm.SHA256.key("alice", REALM, "s3cret"));
        assertThat(credentials.keys("Alice", PasswordAlgorithm.MD5, NOW)).isEmpty();
        assertThat(credentials.keys("", PasswordAlgorithm.MD5, NOW)).isEmpty();
    }

    @Test
    void shouldGiveAKeyForEachSecretAndHash() {
        // given
        String username = NOW + ":bob";
        // when
        List<byte[]> keys = credentials.keys(username, PasswordAlgorithm.MD5, NOW);
        // then
        assertThat(keys)
                .containsExactly(
                        PasswordAlgorithm.MD5.key(username, REALM, RestHash.SHA1.password(SECRET, username)),
                        PasswordAlgorithm.MD5.key(username, REALM, RestHash.SHA256.password(SECRET, username)),
                        PasswordAlgorithm.MD5.key(username, REALM, RestHash.SHA1.password(OLD_SECRET, username)),
                        PasswordAlgorithm.MD5.key(username, REALM, RestHash.SHA256.password(OLD_SECRET, username)));
        assertThat(credentials.keys(username, PasswordAlgorithm.SHA256, NOW))
                .hasSize(4)
                .doesNotContainAnyElementsOf(keys);
    }

    @Test
    void shouldMakeThePasswordsOthersMake() {
        // printf %s 1700000000:bob | openssl dgst -sha1 -hmac north -binary | base64, and -sha256
        assertThat(RestHash.SHA1.password(SECRET, "1700000000:bob")).isEqualTo("7tNSWpJ3gOxGfEgOjt+kaWhBC20=");
        assertThat(RestHash.SHA256.password(SECRET, "1700000000:bob"))
                .isEqualTo("YZuHw4E5LbQ85ww0TqV7zCNUb2+dmGdGeotl/n33V+U=");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    1700000000:bob,       1700000000
                    1700000000,           1700000000
                    1700000000:,          1700000000
                    1700000000:a:b,       1700000000
                    1699999999:bob,       1699999999
                    0:bob,                0
                    999999999999999999:b, 999999999999999999
                    9999999999999999999:b, -1
                    bob:1700000000,       -1
                    -1700000000:bob,      -1
                    +1700000000:bob,      -1
                    17e8:bob,             -1
                    :bob,                 -1
                    '',                   -1
                    ' 1700000000:bob',    -1
                    \u0661\u0662:bob,     -1
                    """)
    void shouldReadTheExpiryInAName(String username, long expiry) {
        assertThat(TurnCredentials.expiryEpochSeconds(username)).isEqualTo(expiry);
        assertThat(credentials.keys(username, PasswordAlgorithm.MD5, NOW).isEmpty())
                .isEqualTo(expiry < NOW);
    }

    @Test
    void shouldFindAUserByItsHash() {
        assertThat(credentials.usernameOf(PasswordAlgorithm.userhash("alice", REALM)))
                .isEqualTo("alice");
        assertThat(credentials.usernameOf(PasswordAlgorithm.userhash("bob", REALM)))
                .isNull();
        assertThat(credentials.usernameOf(new byte[0])).isNull();
    }

    @Test
    void shouldFitTheVectorsWithTheirUnpreparedPassword() {
        // given
        TurnCredentials japanese = new TurnCredentials(
                StunVectors.LONG_TERM_REALM,
                Map.of(StunVectors.LONG_TERM_USERNAME, StunVectors.LONG_TERM_PASSWORD),
                List.of());
        StunIntegrity integrity = new StunIntegrity();
        byte[] old = StunVectors.bytes(StunVectors.LONG_TERM_REQUEST);
        byte[] recent = StunVectors.bytes(StunVectors.USERHASH_REQUEST);
        StunMessage rfc5769 = StunMessage.parse(old, 0, old.length);
        StunMessage rfc8489 = StunMessage.parse(recent, 0, recent.length);
        // when
        String username =
                japanese.usernameOf(PasswordAlgorithm.userhash(StunVectors.LONG_TERM_USERNAME, "example.org"));
        // then
        assertThat(username).isEqualTo(StunVectors.LONG_TERM_USERNAME);
        assertThat(japanese.keys(username, PasswordAlgorithm.MD5, NOW)).anyMatch(key -> integrity.holds(rfc5769, key));
        assertThat(japanese.keys(username, PasswordAlgorithm.SHA256, NOW))
                .anyMatch(key -> integrity.holdsSha256(rfc8489, key));
    }

    @Test
    void shouldShowNoSecret() {
        assertThat(credentials).hasToString("TurnCredentials[users=1, secrets=2]");
    }

    @Test
    void shouldRefuseEmptyCredentials() {
        assertThatThrownBy(() -> new TurnCredentials(REALM, Map.of("", "x"), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TurnCredentials(REALM, Map.of("x", ""), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TurnCredentials(REALM, Map.of(), List.of(new byte[0])))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
