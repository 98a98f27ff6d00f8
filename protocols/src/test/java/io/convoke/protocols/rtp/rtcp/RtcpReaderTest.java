package io.convoke.protocols.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RtcpReaderTest {
    private static RtcpReader over(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        RtcpReader reader = new RtcpReader();
        reader.reset(bytes, 0, bytes.length);
        return reader;
    }

    @Test
    void shouldRejectEveryPrefixThatCutsAPacket() {
        // given: RR with one block
        String whole = "81c90007" + "00000001" + "00000002" + "00000000".repeat(5);
        // then
        for (int bytes = 1; bytes < whole.length() / 2; bytes++) {
            RtcpReader reader = over(whole.substring(0, 2 * bytes));
            assertThat(reader.next()).as("prefix %d", bytes).isFalse();
            assertThat(reader.malformed()).as("prefix %d", bytes).isTrue();
            assertThat(reader.next()).isFalse();
        }
        assertThat(over(whole).next()).isTrue();
        assertThat(over("").next()).isFalse();
        assertThat(over("").malformed()).isFalse();
    }

    @Test
    void shouldRejectACountThatDoesNotFitThePacket() {
        assertThat(over("82c90007" + "00000001" + "00000002" + "00000000".repeat(5))
                        .next())
                .isFalse();
        assertThat(over("82cb0001" + "00000001").next()).isFalse();
        assertThat(over("81ce0001" + "00000001").next()).isFalse();
    }

    @Test
    void shouldReadNothingBeforeTheFirstPacket() {
        RtcpReader reader = over("80c90001" + "00000001");
        assertThat(reader.type()).isZero();
        assertThat(reader.senderSsrc()).isZero();
    }

    @Test
    void shouldLeavePaddingOut() {
        // given: NACK of one entry and one word of padding
        RtcpReader reader = over("a1cd0004" + "00000001" + "00000002" + "00070000" + "00000004");
        // then
        assertThat(reader.next()).isTrue();
        assertThat(reader.nackCount()).isEqualTo(1);
        assertThat(over("a1cd0003" + "00000001" + "00000002" + "00070000").next())
                .isFalse();
        assertThat(over("a1cd0003" + "00000001" + "00000002" + "00070010").next())
                .isFalse();
    }

    @Test
    void shouldReadAByeWithoutSources() {
        RtcpReader reader = over("80cb0000");
        assertThat(reader.next()).isTrue();
        assertThat(reader.byeCount()).isZero();
        assertThat(reader.senderSsrc()).isZero();
    }

    @Test
    void shouldClampAnEstimateThatDoesNotFitALong() {
        RtcpReader reader = over("8fce0004" + "00000001" + "00000000" + "52454d42" + "00ffffff");
        assertThat(reader.next()).isTrue();
        assertThat(reader.rembBitrateBps()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldNotTakeOtherApplicationFeedbackForAnEstimate() {
        RtcpReader reader = over("8fce0004" + "00000001" + "00000000" + "58585858" + "00ffffff");
        assertThat(reader.next()).isTrue();
        assertThat(reader.isRemb()).isFalse();
        assertThat(reader.rembBitrateBps()).isZero();
    }

    @Test
    void shouldNotTrustASourceCountBeyondThePacket() {
        RtcpReader reader = over("8fce0004" + "00000001" + "00000000" + "52454d42" + "01000001");
        assertThat(reader.next()).isTrue();
        assertThat(reader.isRemb()).isFalse();
    }
}
