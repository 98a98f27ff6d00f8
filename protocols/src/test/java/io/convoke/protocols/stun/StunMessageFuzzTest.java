package io.convoke.protocols.stun;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class StunMessageFuzzTest {
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
        message.unknownRequired(type -> false);
    }

    private static void readAs(StunMessage message, int type) {
        assertThat(message.has(type)).isEqualTo(message.attribute(type) != null);
        message.text(type);
        message.number(type);
        message.xorAddress(type);
    }
}
