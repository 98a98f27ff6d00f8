package io.convoke.protocols.stun;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** RFC 5769 §2.4 and RFC 8489 B.1, read and written byte by byte. */
class LongTermVectorsTest {
    private static final byte[] ID = StunVectors.bytes("78ad3433c6ad72c029da412e");
    private static final String NONCE = "f//499k954d6OL34oL9FSTvy64sA";
    private static final String NONCE_WITH_COOKIE = "obMatJos2AAAC" + NONCE;

    private final StunIntegrity integrity = new StunIntegrity();

    private static StunMessage parse(String hex) {
        byte[] bytes = StunVectors.bytes(hex);
        return StunMessage.parse(bytes, 0, bytes.length);
    }

    private static byte[] key(PasswordAlgorithm algorithm) {
        return algorithm.key(
                StunVectors.LONG_TERM_USERNAME, StunVectors.LONG_TERM_REALM, StunVectors.LONG_TERM_PREPARED_PASSWORD);
    }

    @Test
    void shouldReadTheRequestOfRfc5769() {
        // when
        StunMessage message = parse(StunVectors.LONG_TERM_REQUEST);
        // then
        assertThat(message.type()).isEqualTo(StunType.BINDING_REQUEST);
        assertThat(message.transactionId()).isEqualTo(ID);
        assertThat(message.text(StunAttribute.USERNAME)).isEqualTo(StunVectors.LONG_TERM_USERNAME);
        assertThat(message.text(StunAttribute.NONCE)).isEqualTo(NONCE);
        assertThat(message.text(StunAttribute.REALM)).isEqualTo(StunVectors.LONG_TERM_REALM);
        assertThat(message.hasIntegritySha256()).isFalse();
        assertThat(message.hasFingerprint()).isFalse();
        assertThat(integrity.holds(message, key(PasswordAlgorithm.MD5))).isTrue();
        assertThat(integrity.holds(message, key(PasswordAlgorithm.SHA256))).isFalse();
        assertThat(HexFormat.of().formatHex(key(PasswordAlgorithm.MD5))).isEqualTo("e8ca7ad59d5eb0518e312911d2dab2a9");
    }

    @Test
    void shouldWriteTheRequestOfRfc5769() {
        // when
        byte[] bytes = StunWriter.begin(StunType.BINDING_REQUEST, ID)
                .text(StunAttribute.USERNAME, StunVectors.LONG_TERM_USERNAME)
                .text(StunAttribute.NONCE, NONCE)
                .text(StunAttribute.REALM, StunVectors.LONG_TERM_REALM)
                .messageIntegrity(key(PasswordAlgorithm.MD5))
                .finish();
        // then
        assertThat(bytes).isEqualTo(StunVectors.bytes(StunVectors.LONG_TERM_REQUEST));
    }

    @Test
    void shouldReadTheRequestOfRfc8489() {
        // when
        StunMessage message = parse(StunVectors.USERHASH_REQUEST);
        // then
        byte[] nonce = message.attribute(StunAttribute.NONCE);
        assertThat(message.attribute(StunAttribute.USERHASH))
                .isEqualTo(PasswordAlgorithm.userhash(StunVectors.LONG_TERM_USERNAME, StunVectors.LONG_TERM_REALM));
        assertThat(new String(nonce, US_ASCII)).isEqualTo(NONCE_WITH_COOKIE);
        assertThat(NonceCookie.flags(nonce)).isEqualTo(NonceCookie.USERNAME_ANONYMITY);
        assertThat(message.text(StunAttribute.REALM)).isEqualTo(StunVectors.LONG_TERM_REALM);
        assertThat(message.attribute(StunAttribute.PASSWORD_ALGORITHM)).containsExactly(0, 2, 0, 0);
        assertThat(message.hasIntegrity()).isFalse();
        assertThat(message.hasIntegritySha256()).isTrue();
        assertThat(integrity.holdsSha256(message, key(PasswordAlgorithm.SHA256)))
                .isTrue();
        assertThat(integrity.holdsSha256(message, key(PasswordAlgorithm.MD5))).isFalse();
        assertThat(integrity.holds(message, key(PasswordAlgorithm.SHA256))).isFalse();
    }

    @Test
    void shouldWriteTheRequestOfRfc8489() {
        // when
        StunWriter writer = StunWriter.begin(StunType.BINDING_REQUEST, ID)
                .attribute(
                        StunAttribute.USERHASH,
                        PasswordAlgorithm.userhash(StunVectors.LONG_TERM_USERNAME, StunVectors.LONG_TERM_REALM))
                .text(StunAttribute.NONCE, NONCE_WITH_COOKIE)
                .text(StunAttribute.REALM, StunVectors.LONG_TERM_REALM);
        byte[] bytes = PasswordAlgorithms.addChoice(writer, PasswordAlgorithm.SHA256)
                .messageIntegritySha256(integrity, key(PasswordAlgorithm.SHA256))
                .finish();
        // then
        assertThat(bytes).isEqualTo(StunVectors.bytes(StunVectors.USERHASH_REQUEST));
    }

    @Test
    void shouldNoticeEveryChangedBit() {
        // given
        byte[] bytes = StunVectors.bytes(StunVectors.USERHASH_REQUEST);
        byte[] key = key(PasswordAlgorithm.SHA256);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            // when
            byte[] changed = bytes.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            StunMessage message = StunMessage.parse(changed, 0, changed.length);
            // then
            assertThat(message != null && integrity.holdsSha256(message, key))
                    .as("bit %d", bit)
                    .isFalse();
        }
    }

    @Test
    void shouldTakeTheKeysOfRfc8489() {
        // §18.5.1: the key is a hash over username, realm and password with colons between them
        assertThat(HexFormat.of().formatHex(PasswordAlgorithm.SHA256.key("user", "example.org", "secret")))
                .isEqualTo("bf9f8cc2da128fcb78077f794a818f9d3ccf550dab291cb21c82f29a153b3355");
    }
}
