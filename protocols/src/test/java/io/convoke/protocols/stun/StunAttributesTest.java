package io.convoke.protocols.stun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attributes of TURN: several of a kind, long ones, addresses in clear. */
class StunAttributesTest {
    private static final byte[] ID = StunVectors.bytes("b7e7a701bc34d686fa87dfae");

    private static StunMessage parse(byte[] bytes) {
        byte[] shifted = new byte[bytes.length + 5];
        System.arraycopy(bytes, 0, shifted, 3, bytes.length);
        return StunMessage.parse(shifted, 3, bytes.length);
    }

    @Test
    void shouldReadEachOfSeveralPeers() {
        // given
        StunMessage message = parse(StunWriter.begin(StunType.CREATE_PERMISSION_REQUEST, ID)
                .xorAddress(StunAttribute.XOR_PEER_ADDRESS, new InetSocketAddress("192.0.2.1", 1))
                .text(StunAttribute.USERNAME, "between")
                .xorAddress(StunAttribute.XOR_PEER_ADDRESS, new InetSocketAddress("2001:db8::7", 65_535))
                .attribute(StunAttribute.XOR_PEER_ADDRESS, new byte[] {0, 3, 0, 0, 0, 0, 0, 0})
                .finish());
        // when
        List<String> peers = new ArrayList<>();
        for (int at = message.find(StunAttribute.XOR_PEER_ADDRESS);
                at != StunMessage.ABSENT;
                at = message.findNext(StunAttribute.XOR_PEER_ADDRESS, at)) {
            peers.add(
                    message.family(at) == 0
                            ? "none"
                            : message.family(at) + " " + Long.toHexString(message.xorHigh(at)) + " "
                                    + Long.toHexString(message.xorLow(at)) + " " + message.xorPort(at));
        }
        // then
        assertThat(peers).containsExactly("1 0 ffffc0000201 1", "2 20010db800000000 7 65535", "none");
    }

    @Test
    void shouldGiveTheDataWithoutCopying() {
        // given
        byte[] data = new byte[60_001];
        Arrays.fill(data, (byte) 0x5A);
        byte[] bytes = StunWriter.begin(StunType.SEND_INDICATION, ID)
                .xorAddress(StunAttribute.XOR_PEER_ADDRESS, 0, 0xFFFF_0A00_0001L, 9)
                .attribute(StunAttribute.DATA, data, 1, 60_000)
                .finish();
        // when
        StunMessage message = parse(bytes);
        int at = message.find(StunAttribute.DATA);
        // then
        assertThat(message.valueLength(at)).isEqualTo(60_000);
        assertThat(message.buffer()[message.valueOffset(at)]).isEqualTo((byte) 0x5A);
        assertThat(message.buffer()[message.valueOffset(at) + 59_999]).isEqualTo((byte) 0x5A);
        assertThat(message.xorAddress(StunAttribute.XOR_PEER_ADDRESS)).isEqualTo(new InetSocketAddress("10.0.0.1", 9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "2001:db8::1"})
    void shouldCarryAddressesInClear(String ip) {
        // given
        InetSocketAddress address = new InetSocketAddress(ip, 3478);
        // when
        StunMessage message = parse(StunWriter.begin(StunType.BINDING_SUCCESS, ID)
                .address(StunAttribute.MAPPED_ADDRESS, address)
                .address(StunAttribute.OTHER_ADDRESS, address)
                .finish());
        // then
        assertThat(message.address(StunAttribute.MAPPED_ADDRESS)).isEqualTo(address);
        assertThat(message.address(StunAttribute.OTHER_ADDRESS)).isEqualTo(address);
        assertThat(message.address(StunAttribute.ALTERNATE_SERVER)).isNull();
        assertThat(message.attribute(StunAttribute.MAPPED_ADDRESS))
                .startsWith(0, ip.indexOf(':') < 0 ? 1 : 2, 13, -106);
    }

    @ParameterizedTest
    @CsvSource({
        "USERNAME, 6, 508",
        "REALM, 20, 509",
        "NONCE, 21, 509",
        "SOFTWARE, 32802, 509",
        "ALTERNATE-DOMAIN, 32771, 255",
        "DATA, 19, 65000",
        "PADDING, 38, 65000"
    })
    void shouldKnowTheLimitOfEachAttribute(String name, int type, int most) {
        assertThatCode(() ->
                        StunWriter.begin(1, ID).attribute(type, new byte[most]).finish())
                .as(name)
                .doesNotThrowAnyException();
        if (most < 65_000) {
            assertThatThrownBy(() -> StunWriter.begin(1, ID).attribute(type, new byte[most + 1]))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void shouldNotWriteMoreThanTheLengthFieldHolds() {
        StunWriter writer = StunWriter.begin(1, ID).attribute(StunAttribute.DATA, new byte[65_528]);
        assertThat(writer.finish()).hasSize(65_552);
        assertThatThrownBy(() -> writer.flag(StunAttribute.DONT_FRAGMENT)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StunWriter.begin(1, ID).attribute(StunAttribute.DATA, new byte[65_533]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldAnswerInTheSameTransaction() {
        // given
        StunMessage request =
                parse(StunWriter.begin(StunType.REFRESH_REQUEST, ID).finish());
        // when
        StunMessage answer = parse(StunWriter.begin(StunType.successOf(request.type()), request)
                .longNumber(StunAttribute.RESERVATION_TOKEN, -5)
                .number(StunAttribute.LIFETIME, 600)
                .finish());
        // then
        assertThat(answer.transactionId()).isEqualTo(ID);
        assertThat(answer.length()).isEqualTo(40);
        assertThat(answer.longNumber(StunAttribute.RESERVATION_TOKEN, 0)).isEqualTo(-5);
        assertThat(answer.longNumber(StunAttribute.LIFETIME, 77)).isEqualTo(77);
        assertThat(answer.number(StunAttribute.LIFETIME)).isEqualTo(600);
    }

    @Test
    void shouldTellMethodsAndClasses() {
        assertThat(StunType.method(StunType.ALLOCATE_REQUEST)).isEqualTo(3);
        assertThat(StunType.method(StunType.errorOf(StunType.CONNECT_REQUEST))).isEqualTo(0x00A);
        assertThat(StunType.method(0x3EEF)).isEqualTo(0xFFF);
        assertThat(StunType.isIndication(StunType.SEND_INDICATION)).isTrue();
        assertThat(StunType.isIndication(StunType.CONNECTION_ATTEMPT_INDICATION))
                .isTrue();
        assertThat(StunType.isRequest(StunType.SEND_INDICATION)).isFalse();
        assertThat(StunType.isResponse(StunType.errorOf(StunType.REFRESH_REQUEST)))
                .isTrue();
        assertThat(StunType.isResponse(StunType.CONNECTION_BIND_REQUEST)).isFalse();
        assertThat(StunError.reason(StunError.STALE_NONCE)).isEqualTo("Stale Nonce");
        assertThat(StunError.reason(999)).isEmpty();
    }
}
