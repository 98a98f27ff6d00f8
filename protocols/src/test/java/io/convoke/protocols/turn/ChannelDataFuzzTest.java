package io.convoke.protocols.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.convoke.protocols.stun.StunDemux;
import java.util.Arrays;

class ChannelDataFuzzTest {
    /** A datagram is a message of a channel with all its data, or none; and never STUN as well. */
    @FuzzTest
    void shouldReadAnythingWithoutFailing(byte[] bytes) {
        int number = ChannelData.number(bytes, 0, bytes.length);
        if (number < 0) {
            return;
        }
        int dataLength = ChannelData.dataLength(bytes, 0);
        assertThat(number).isBetween(ChannelData.MIN_NUMBER, ChannelData.MAX_NUMBER);
        assertThat(4 + dataLength).isLessThanOrEqualTo(bytes.length);
        assertThat(StunDemux.isStun(bytes, 0, bytes.length)).isFalse();
        byte[] again = Arrays.copyOf(bytes, 4 + dataLength);
        ChannelData.writeHeader(again, 0, number, dataLength);
        assertThat(again).isEqualTo(Arrays.copyOf(bytes, again.length));
    }
}
