package io.convoke.protocols.turn;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.convoke.protocols.stun.NonceCookie;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoncesTest {
    private static final long SECOND = 1_000_000_000;
    private static final int LIFETIME_SECONDS = 600;
    private static final int FLAGS = NonceCookie.PASSWORD_ALGORITHMS | NonceCookie.USERNAME_ANONYMITY;
    private static final TransportAddress CLIENT = TransportAddress.ofIp("192.0.2.1", 5000);

    private final NonceKeys keys = new NonceKeys(key(1));
    private final Nonces nonces = new Nonces(keys, LIFETIME_SECONDS, FLAGS);

    private static byte[] key(int seed) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) seed);
        return key;
    }

    @ParameterizedTest
    @ValueSource(
            longs = {0, 17 * SECOND, -5 * SECOND, Long.MIN_VALUE, Long.MAX_VALUE - 601 * SECOND, 2_147_483_647L * SECOND
            })
    void shouldTakeItsNonceUntilItExpires(long now) {
        // when
        byte[] nonce = nonces.issue(now, CLIENT);
        // then
        assertThat(nonce).hasSize(Nonces.LENGTH);
        assertThat(new String(nonce, US_ASCII)).startsWith("obMatJos2AAAD").matches("[A-Za-z0-9_-]*");
        assertThat(nonces.isValid(now, nonce, CLIENT)).isTrue();
        assertThat(nonces.isValid(now + 599 * SECOND, nonce, CLIENT)).isTrue();
        assertThat(nonces.isValid(now + 601 * SECOND, nonce, CLIENT)).isFalse();
    }

    @Test
    void shouldKnowTheClientByItsIpOnly() {
        // given
        byte[] nonce = nonces.issue(0, CLIENT);
        // then
        assertThat(nonces.isValid(0, nonce, CLIENT.withPort(5001))).isTrue();
        assertThat(nonces.isValid(0, nonce, TransportAddress.ofIp("192.0.2.2", 5000)))
                .isFalse();
        assertThat(nonces.isValid(0, nonce, TransportAddress.ofIp("::ffff:192.0.2.1", 5000)))
                .isTrue();
    }

    @Test
    void shouldTakeTheNonceOfAnotherShard() {
        assertThat(new Nonces(keys, LIFETIME_SECONDS, FLAGS).isValid(SECOND, nonces.issue(0, CLIENT), CLIENT))
                .isTrue();
    }

    @Test
    void shouldNoticeOtherFlags() {
        // given: somebody on the way took the flag of the password algorithms out of the nonce
        String weakened = "obMatJos2AAAC" + new String(nonces.issue(0, CLIENT), US_ASCII).substring(NonceCookie.LENGTH);
        Nonces anonymityOnly = new Nonces(keys, LIFETIME_SECONDS, NonceCookie.USERNAME_ANONYMITY);
        // then
        assertThat(nonces.isValid(0, weakened.getBytes(US_ASCII), CLIENT)).isFalse();
        assertThat(anonymityOnly.isValid(0, weakened.getBytes(US_ASCII), CLIENT))
                .isFalse();
        assertThat(nonces.isValid(0, anonymityOnly.issue(0, CLIENT), CLIENT)).isFalse();
    }

    @Test
    void shouldNoticeEveryChangedCharacter() {
        // given
        byte[] nonce = nonces.issue(0, CLIENT);
        for (int at = 0; at < nonce.length; at++) {
            for (int value = -128; value < 128; value++) {
                byte[] changed = nonce.clone();
                changed[at] = (byte) value;
                // then
                assertThat(nonces.isValid(0, changed, CLIENT))
                        .as("%d: %d", at, value)
                        .isEqualTo(value == nonce[at]);
            }
        }
        for (int length = 0; length < nonce.length; length++) {
            assertThat(nonces.isValid(0, Arrays.copyOf(nonce, length), CLIENT)).isFalse();
        }
        assertThat(nonces.isValid(0, Arrays.copyOf(nonce, nonce.length + 1), CLIENT))
                .isFalse();
    }

    @Test
    void shouldTakeTheKeyBeforeAndNotTheOneBeforeThat() {
        // given
        byte[] first = nonces.issue(0, CLIENT);
        // when
        keys.rotate(key(2));
        byte[] second = nonces.issue(0, CLIENT);
        // then
        assertThat(nonces.isValid(0, first, CLIENT)).isTrue();
        assertThat(nonces.isValid(0, second, CLIENT)).isTrue();
        // when
        keys.rotate(key(3));
        // then
        assertThat(nonces.isValid(0, first, CLIENT)).isFalse();
        assertThat(nonces.isValid(0, second, CLIENT)).isTrue();
    }

    @Test
    void shouldNotTakeANonceOf256KeysAgo() {
        // given
        byte[] nonce = nonces.issue(0, CLIENT);
        // when
        for (int i = 0; i < 256; i++) {
            keys.rotate(key(2 + i % 100));
        }
        keys.rotate(key(77));
        // then
        assertThat(nonces.isValid(0, nonce, CLIENT)).isFalse();
    }

    @Test
    void shouldNotTakeANonceOfAnotherServer() {
        assertThat(nonces.isValid(0, new Nonces(new NonceKeys(key(9)), 600, FLAGS).issue(0, CLIENT), CLIENT))
                .isFalse();
    }

    @Test
    void shouldRefuseWeakKeysAndShowNone() {
        assertThatThrownBy(() -> new NonceKeys(new byte[15])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Nonces(keys, 0, FLAGS)).isInstanceOf(IllegalArgumentException.class);
        assertThat(keys).hasToString("NonceKeys[generation=0]");
    }
}
