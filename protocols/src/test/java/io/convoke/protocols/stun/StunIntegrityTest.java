package io.convoke.protocols.stun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StunIntegrityTest {
    private static final byte[] KEY = {1, 2, 3};
    private static final byte[] OTHER = {1, 2, 4};
    private static final byte[] ID = new byte[12];
    private static final byte[] FLAG = HexFormat.of().parseHex("00250000");

    private final StunIntegrity integrity = new StunIntegrity();

    private static StunWriter request() {
        return StunWriter.begin(StunType.ALLOCATE_REQUEST, ID).text(StunAttribute.USERNAME, "user");
    }

    private static StunMessage parse(byte[] bytes) {
        return StunMessage.parse(bytes, 0, bytes.length);
    }

    /** The message followed by attributes that its integrity does not cover. */
    private static byte[] longer(byte[] message, byte[]... attributes) {
        int size = message.length;
        for (byte[] attribute : attributes) {
            size += attribute.length;
        }
        byte[] bytes = Arrays.copyOf(message, size);
        int at = message.length;
        for (byte[] attribute : attributes) {
            System.arraycopy(attribute, 0, bytes, at, attribute.length);
            at += attribute.length;
        }
        bytes[2] = (byte) (size - 20 >> 8);
        bytes[3] = (byte) (size - 20);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 20, 24, 28, 32})
    void shouldTakeATruncatedSha256(int length) {
        // given
        byte[] bytes = request().messageIntegritySha256(integrity, KEY, length).finish();
        // when
        StunMessage message = parse(bytes);
        // then
        assertThat(message.hasIntegritySha256()).isTrue();
        assertThat(integrity.holdsSha256(message, KEY)).isTrue();
        assertThat(integrity.holdsSha256(message, OTHER)).isFalse();
        bytes[bytes.length - 1] ^= 1;
        assertThat(integrity.holdsSha256(message, KEY)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 12, 15, 17, 18, 31, 33, 36})
    void shouldNotTakeASha256OfAnotherLength(int length) {
        // given: what the right value would be, cut or extended
        byte[] whole = request().messageIntegritySha256(integrity, KEY).finish();
        int attributeAt = whole.length - 36;
        byte[] attribute = new byte[4 + (length + 3 & ~3)];
        System.arraycopy(whole, attributeAt, attribute, 0, Math.min(attribute.length, 36));
        attribute[3] = (byte) length;
        byte[] bytes = longer(Arrays.copyOf(whole, attributeAt), attribute);
        // when
        StunMessage message = parse(bytes);
        // then
        assertThat(message.hasIntegritySha256()).isTrue();
        assertThat(integrity.holdsSha256(message, KEY)).isFalse();
        assertThatThrownBy(() -> request().messageIntegritySha256(integrity, KEY, length))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldNeverHoldWithAnIntegrityOfAnotherLength() {
        // given
        byte[] bytes = longer(request().finish(), HexFormat.of().parseHex("0008000400000000"));
        // when
        StunMessage message = parse(bytes);
        // then
        assertThat(message.hasIntegrity()).isTrue();
        assertThat(integrity.holds(message, KEY)).isFalse();
        assertThat(message.integrityHolds(KEY)).isFalse();
    }

    @Test
    void shouldCarryBothAndTheFingerprint() {
        // given
        byte[] bytes = request()
                .messageIntegrity(integrity, KEY)
                .messageIntegritySha256(integrity, OTHER)
                .fingerprint()
                .finish();
        // when
        StunMessage message = parse(bytes);
        // then
        assertThat(integrity.holds(message, KEY)).isTrue();
        assertThat(integrity.holdsSha256(message, OTHER)).isTrue();
        assertThat(message.fingerprintHolds()).isTrue();
        assertThat(message.text(StunAttribute.USERNAME)).isEqualTo("user");
        assertThat(message.has(StunAttribute.MESSAGE_INTEGRITY)).isFalse();
    }

    @Test
    void shouldIgnoreWhatStandsAmongTheLastAttributes() {
        // given: behind each of the two integrities an attribute that must be understood
        byte[] sha1 = longer(request().messageIntegrity(integrity, KEY).finish(), FLAG);
        byte[] value = new byte[32];
        byte[] attribute = HexFormat.of().parseHex("001c0020" + "00".repeat(32));
        byte[] both = longer(sha1, attribute, FLAG);
        integrity.sha256(both, 0, sha1.length, 32, KEY, value, 0);
        System.arraycopy(value, 0, both, sha1.length + 4, 32);
        // when
        StunMessage message = parse(both);
        // then
        assertThat(integrity.holds(message, KEY)).isTrue();
        assertThat(integrity.holdsSha256(message, KEY)).isTrue();
        assertThat(message.has(StunAttribute.USE_CANDIDATE)).isFalse();
        assertThat(message.unknownRequired(type -> type == StunAttribute.USERNAME))
                .isEmpty();
    }

    @Test
    void shouldIgnoreTheOldIntegrityBehindTheNewOne() {
        // given
        byte[] sha256 = request().messageIntegritySha256(integrity, KEY).finish();
        byte[] bytes = longer(sha256, HexFormat.of().parseHex("00080014" + "00".repeat(20)));
        integrity.sha1(bytes, 0, sha256.length, KEY, bytes, sha256.length + 4);
        // when
        StunMessage message = parse(bytes);
        // then
        assertThat(message.hasIntegrity()).isFalse();
        assertThat(integrity.holdsSha256(message, KEY)).isTrue();
    }

    @Test
    void shouldUseTheFirstOfTwoIntegrities() {
        // given
        byte[] signed = request().messageIntegrity(integrity, KEY).finish();
        byte[] bytes = longer(signed, HexFormat.of().parseHex("00080014" + "00".repeat(20)));
        // then
        assertThat(integrity.holds(parse(bytes), KEY)).isTrue();
    }

    @Test
    void shouldHoldTheOrder() {
        assertThatThrownBy(
                        () -> request().messageIntegritySha256(integrity, KEY).messageIntegrity(KEY))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> request().messageIntegrity(KEY).messageIntegrity(KEY))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> request().messageIntegrity(KEY).flag(StunAttribute.DONT_FRAGMENT))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> request().fingerprint().messageIntegritySha256(integrity, KEY))
                .isInstanceOf(IllegalStateException.class);
    }
}
