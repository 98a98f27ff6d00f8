package io.convoke.protocols.stun;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StunMessageTest {
    private static final byte[] KEY = StunVectors.PASSWORD.getBytes(UTF_8);
    private static final byte[] ID = StunVectors.bytes("b7e7a701bc34d686fa87dfae");

    private static StunMessage parse(String hex) {
        byte[] bytes = StunVectors.bytes("ff" + hex + "ff");
        return StunMessage.parse(bytes, 1, bytes.length - 2);
    }

    @Test
    void shouldReadTheSampleRequest() {
        // when
        StunMessage message = parse(StunVectors.REQUEST);
        // then
        assertThat(message.type()).isEqualTo(StunType.BINDING_REQUEST);
        assertThat(message.transactionId()).isEqualTo(ID);
        assertThat(message.text(StunAttribute.SOFTWARE)).isEqualTo("STUN test client");
        assertThat(message.text(StunAttribute.USERNAME)).isEqualTo("evtj:h6vY");
        assertThat(message.number(StunAttribute.PRIORITY)).isEqualTo(0x6E0001FFL);
        assertThat(message.has(StunAttribute.ICE_CONTROLLED)).isTrue();
        assertThat(message.has(StunAttribute.USE_CANDIDATE)).isFalse();
        assertThat(message.attribute(StunAttribute.USE_CANDIDATE)).isNull();
        assertThat(message.integrityHolds(KEY)).isTrue();
        assertThat(message.integrityHolds("other".getBytes(UTF_8))).isFalse();
        assertThat(message.fingerprintHolds()).isTrue();
    }

    @Test
    void shouldReadTheSampleResponses() {
        // given
        StunMessage ipv4 = parse(StunVectors.IPV4_RESPONSE);
        StunMessage ipv6 = parse(StunVectors.IPV6_RESPONSE);
        // then
        assertThat(ipv4.xorAddress(StunAttribute.XOR_MAPPED_ADDRESS))
                .isEqualTo(new InetSocketAddress("192.0.2.1", 32853));
        assertThat(ipv4.integrityHolds(KEY)).isTrue();
        assertThat(ipv4.fingerprintHolds()).isTrue();
        assertThat(ipv6.xorAddress(StunAttribute.XOR_MAPPED_ADDRESS))
                .isEqualTo(new InetSocketAddress("2001:db8:1234:5678:11:2233:4455:6677", 32853));
        assertThat(ipv6.integrityHolds(KEY)).isTrue();
        assertThat(ipv6.fingerprintHolds()).isTrue();
    }

    @Test
    void shouldRejectEveryPrefixOfEveryVector() {
        for (String vector : new String[] {
            StunVectors.REQUEST,
            StunVectors.IPV4_RESPONSE,
            StunVectors.IPV6_RESPONSE,
            StunVectors.LONG_TERM_REQUEST,
            StunVectors.USERHASH_REQUEST
        }) {
            byte[] bytes = StunVectors.bytes(vector);
            for (int length = 0; length < bytes.length; length++) {
                assertThat(StunMessage.parse(Arrays.copyOf(bytes, length), 0, length))
                        .as("prefix %d", length)
                        .isNull();
            }
            assertThat(StunMessage.parse(Arrays.copyOf(bytes, bytes.length + 4), 0, bytes.length + 4))
                    .isNull();
        }
    }

    @Test
    void shouldNoticeEveryChangedBit() {
        // given
        byte[] bytes = StunVectors.bytes(StunVectors.REQUEST);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            // when
            byte[] changed = bytes.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            StunMessage message = StunMessage.parse(changed, 0, changed.length);
            // then
            if (message != null) {
                assertThat(message.fingerprintHolds() && message.integrityHolds(KEY))
                        .as("bit %d", bit)
                        .isFalse();
            }
        }
    }

    @Test
    void shouldNotShowAttributesBehindTheIntegrity() {
        // given: USE-CANDIDATE slipped in between MESSAGE-INTEGRITY and the end
        byte[] signed = StunWriter.begin(StunType.BINDING_REQUEST, ID)
                .text(StunAttribute.USERNAME, "a:b")
                .messageIntegrity(KEY)
                .finish();
        byte[] longer = Arrays.copyOf(signed, signed.length + 4);
        longer[3] = (byte) (longer[3] + 4);
        longer[signed.length + 1] = StunAttribute.USE_CANDIDATE;
        // when
        StunMessage message = StunMessage.parse(longer, 0, longer.length);
        // then
        assertThat(message.integrityHolds(KEY)).isTrue();
        assertThat(message.has(StunAttribute.USE_CANDIDATE)).isFalse();
        assertThat(message.text(StunAttribute.USERNAME)).isEqualTo("a:b");
    }

    @Test
    void shouldRejectAnythingBehindTheFingerprint() {
        byte[] sealed =
                StunWriter.begin(StunType.BINDING_REQUEST, ID).fingerprint().finish();
        byte[] longer = Arrays.copyOf(sealed, sealed.length + 4);
        longer[3] = (byte) (longer[3] + 4);
        assertThat(StunMessage.parse(longer, 0, longer.length)).isNull();
    }

    @Test
    void shouldUseTheFirstOfARepeatedAttribute() {
        byte[] bytes = StunWriter.begin(StunType.BINDING_REQUEST, ID)
                .text(StunAttribute.USERNAME, "first")
                .text(StunAttribute.USERNAME, "second")
                .finish();
        assertThat(StunMessage.parse(bytes, 0, bytes.length).text(StunAttribute.USERNAME))
                .isEqualTo("first");
    }

    @Test
    void shouldGiveBackWhatWasWritten() {
        // given
        InetSocketAddress address = new InetSocketAddress("2001:db8::1", 65_535);
        byte[] bytes = StunWriter.begin(StunType.BINDING_ERROR, ID)
                .errorCode(487, "Role conflict")
                .unknownAttributes(new int[] {0x7777, 3})
                .xorMappedAddress(address)
                .longNumber(StunAttribute.ICE_CONTROLLING, -2)
                .number(StunAttribute.PRIORITY, 0xFFFF_FFFEL)
                .flag(StunAttribute.USE_CANDIDATE)
                .text(StunAttribute.SOFTWARE, "x".repeat(300))
                .messageIntegrity(KEY)
                .fingerprint()
                .finish();
        // when
        StunMessage message = StunMessage.parse(bytes, 0, bytes.length);
        // then
        assertThat(message.errorCode()).isEqualTo(487);
        assertThat(message.attribute(StunAttribute.UNKNOWN_ATTRIBUTES)).containsExactly(0x77, 0x77, 0, 3);
        assertThat(message.xorAddress(StunAttribute.XOR_MAPPED_ADDRESS)).isEqualTo(address);
        assertThat(message.number(StunAttribute.PRIORITY)).isEqualTo(0xFFFF_FFFEL);
        assertThat(message.has(StunAttribute.USE_CANDIDATE)).isTrue();
        assertThat(message.text(StunAttribute.SOFTWARE)).hasSize(300);
        assertThat(message.integrityHolds(KEY)).isTrue();
        assertThat(message.fingerprintHolds()).isTrue();
    }

    @Test
    void shouldHoldTheOrderOfTheLastAttributes() {
        StunWriter sealed = StunWriter.begin(StunType.BINDING_REQUEST, ID).fingerprint();
        assertThatThrownBy(() -> sealed.messageIntegrity(KEY)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> sealed.flag(StunAttribute.USE_CANDIDATE)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(sealed::fingerprint).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> StunWriter.begin(1, new byte[11])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldListRequiredAttributesNobodyKnows() {
        byte[] bytes = StunWriter.begin(StunType.BINDING_REQUEST, ID)
                .flag(0x7001)
                .flag(0xC001)
                .flag(StunAttribute.USE_CANDIDATE)
                .flag(0x0002)
                .finish();
        StunMessage message = StunMessage.parse(bytes, 0, bytes.length);
        assertThat(message.unknownRequired(type -> type == StunAttribute.USE_CANDIDATE))
                .containsExactly(0x7001, 0x0002);
    }

    @Test
    void shouldTellStunFromOtherPackets() {
        byte[] stun = StunVectors.bytes(StunVectors.REQUEST);
        assertThat(StunDemux.isStun(stun, 0, stun.length)).isTrue();
        for (int first = 4; first < 256; first++) {
            stun[0] = (byte) first;
            assertThat(StunDemux.isStun(stun, 0, stun.length)).isFalse();
        }
    }
}
