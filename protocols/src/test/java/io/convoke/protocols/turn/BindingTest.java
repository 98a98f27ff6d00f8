package io.convoke.protocols.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.stun.StunWriter;
import java.net.InetSocketAddress;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BindingTest {
    private final TestRelay relay = new TestRelay();
    private final TestClient client = relay.client();
    private final TestClient explorer = explorer(Transport.UDP);

    private TestClient explorer(Transport transport) {
        TurnListener listener = new TurnListener(0, transport, TestRelay.ADDRESS, TestRelay.OTHER);
        return new TestClient(relay, new Client(listener, TestRelay.address("192.0.2.7", 4000)));
    }

    private static byte[] request(UnaryOperator<StunWriter> attributes) {
        return attributes
                .apply(StunWriter.begin(StunType.BINDING_REQUEST, new byte[12]))
                .finish();
    }

    @Test
    void shouldAnswerWithTheAddressAndNothingElse() {
        // when
        StunMessage answer = client.exchange(request(w -> w));
        // then
        assertThat(answer.type()).isEqualTo(StunType.BINDING_SUCCESS);
        assertThat(answer.xorAddress(StunAttribute.XOR_MAPPED_ADDRESS))
                .isEqualTo(new InetSocketAddress("192.0.2.7", 4000));
        assertThat(answer.length()).isEqualTo(32);
    }

    @Test
    void shouldAnswerIpv6AndFingerprint() {
        // given
        TestClient six = relay.client(Transport.UDP, "2001:db8::7", 4000);
        six.fingerprint = true;
        // when
        StunMessage answer = six.exchange(six.request(StunType.BINDING_REQUEST, w -> w));
        // then
        assertThat(answer.xorAddress(StunAttribute.XOR_MAPPED_ADDRESS))
                .isEqualTo(new InetSocketAddress("2001:db8::7", 4000));
        assertThat(answer.length()).isEqualTo(52);
    }

    @Test
    void shouldDropWhatIsNoRequest() {
        // given
        byte[] wrongFingerprint = client.seal(
                StunWriter.begin(StunType.BINDING_REQUEST, new byte[12]).fingerprint());
        wrongFingerprint[wrongFingerprint.length - 1] ^= 1;
        // when / then
        assertThat(client.send(new byte[0])).isNull();
        assertThat(client.send(new byte[20])).isNull();
        assertThat(client.send(wrongFingerprint)).isNull();
        assertThat(client.send(StunWriter.begin(StunType.BINDING_INDICATION, new byte[12])
                        .finish()))
                .isNull();
        assertThat(client.send(
                        StunWriter.begin(StunType.BINDING_SUCCESS, new byte[12]).finish()))
                .isNull();
        assertThat(client.send(StunWriter.begin(0x0002, new byte[12]).finish())).isNull();
        assertThat(relay.server.counters().malformed).isEqualTo(5);
        assertThat(relay.outputs).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x7001, StunAttribute.PRIORITY, StunAttribute.CHANGE_REQUEST, StunAttribute.PADDING})
    void shouldRefuseWhatItDoesNotUnderstand(int type) {
        // when
        StunMessage answer = client.exchange(request(w -> w.number(type, 1)));
        // then
        assertThat(answer.errorCode()).isEqualTo(420);
        assertThat(answer.attribute(StunAttribute.UNKNOWN_ATTRIBUTES))
                .isEqualTo(new byte[] {(byte) (type >> 8), (byte) type});
    }

    @ParameterizedTest
    @CsvSource({
        "0, SAME, 198.51.100.1, 3478",
        "2, OTHER_PORT, 198.51.100.1, 3479",
        "4, OTHER_ADDRESS, 198.51.100.2, 3478",
        "6, OTHER_ADDRESS_AND_PORT, 198.51.100.2, 3479"
    })
    void shouldAnswerFromWhereItIsAsked(int flags, ReplyFrom from, String ip, int port) {
        // when
        StunMessage answer = explorer.exchange(request(w -> w.number(StunAttribute.CHANGE_REQUEST, flags)));
        // then
        assertThat(relay.last(TurnOutput.Reply.class).from()).isEqualTo(from);
        assertThat(answer.address(StunAttribute.RESPONSE_ORIGIN)).isEqualTo(new InetSocketAddress(ip, port));
        assertThat(answer.address(StunAttribute.OTHER_ADDRESS)).isEqualTo(TestRelay.OTHER.toSocketAddress());
    }

    @Test
    void shouldAnswerToAnotherPort() {
        // when
        explorer.exchange(request(w -> w.attribute(StunAttribute.RESPONSE_PORT, new byte[] {0x12, 0x34, 0, 0})));
        // then
        assertThat(relay.last(TurnOutput.Reply.class).toPort()).isEqualTo(0x1234);
        assertThat(explorer.exchange(request(w -> w.attribute(StunAttribute.RESPONSE_PORT, new byte[1])))
                        .errorCode())
                .isEqualTo(400);
        assertThat(explorer.exchange(request(w -> w.number(StunAttribute.RESPONSE_PORT, 0)))
                        .errorCode())
                .isEqualTo(400);
    }

    @Test
    void shouldPadNoMoreThanTheRequest() {
        // when
        byte[] request = request(w -> w.attribute(StunAttribute.PADDING, new byte[1400]));
        StunMessage answer = explorer.exchange(request);
        // then
        assertThat(answer.attribute(StunAttribute.PADDING)).hasSize(1400);
        assertThat(answer.length() - request.length).isLessThanOrEqualTo(36);
        assertThat(explorer.exchange(request(w -> w.attribute(StunAttribute.PADDING, new byte[4])
                                .number(StunAttribute.RESPONSE_PORT, 0x12340000)))
                        .errorCode())
                .isEqualTo(400);
    }

    @Test
    void shouldNotChangeTheSocketOfAStream() {
        // when
        StunMessage answer = explorer(Transport.TCP).exchange(request(w -> w.number(StunAttribute.CHANGE_REQUEST, 6)));
        // then
        assertThat(answer.errorCode()).isEqualTo(420);
    }
}
