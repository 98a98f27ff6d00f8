package io.convoke.protocols.stun;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

class StunMessageFuzzTest {
    private final StunIntegrity integrity = new StunIntegrity();
    private final PasswordAlgorithms algorithms =
            new PasswordAlgorithms(List.of(PasswordAlgorithm.SHA256, PasswordAlgorithm.MD5));

    /** Whatever arrives parses or is refused; what parses can be read in full. */
    @FuzzTest
    void shouldReadAnythingWithoutFailing(byte[] bytes) {
        StunMessage message = StunMessage.parse(bytes, 0, bytes.length);
        if (message == null) {
            return;
        }
        assertThat(message.transactionId()).hasSize(12);
        for (int type = 0; type < 0x40; type++) {
            readAs(message, type);
            readAs(message, 0x8000 | type);
        }
        message.errorCode();
        message.fingerprintHolds();
        message.integrityHolds(new byte[] {1});
        integrity.holds(message, new byte[] {1});
        integrity.holdsSha256(message, new byte[] {1});
        algorithms.chosenBy(message);
        for (int type : message.unknownRequired(type -> false)) {
            readPlaces(message, type);
        }
    }

    private static void readAs(StunMessage message, int type) {
        assertThat(message.has(type)).isEqualTo(message.attribute(type) != null);
        message.text(type);
        message.number(type);
        message.longNumber(type, 0);
        message.xorAddress(type);
        message.address(type);
        byte[] nonce = message.attribute(type);
        NonceCookie.flags(nonce == null ? new byte[0] : nonce);
    }

    /** All places of a type, each behind the one before and inside the array. */
    private static void readPlaces(StunMessage message, int type) {
        int before = StunMessage.ABSENT;
        for (int at = message.find(type); at != StunMessage.ABSENT; at = message.findNext(type, at)) {
            assertThat(at).isGreaterThan(before);
            assertThat(message.valueOffset(at) + message.valueLength(at)).isLessThanOrEqualTo(message.buffer().length);
            if (message.family(at) != 0) {
                assertThat(message.xorPort(at)).isBetween(0, 0xFFFF);
                message.xorHigh(at);
                message.xorLow(at);
            }
            before = at;
        }
    }
}
