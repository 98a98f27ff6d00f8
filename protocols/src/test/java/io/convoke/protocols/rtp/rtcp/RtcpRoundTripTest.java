package io.convoke.protocols.rtp.rtcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RtcpRoundTripTest {
    private static final int OFFSET = 3;

    private final byte[] buffer = new byte[512];
    private final RtcpWriter writer = new RtcpWriter();
    private final RtcpReader reader = new RtcpReader();

    @BeforeEach
    void startWriting() {
        java.util.Arrays.fill(buffer, (byte) 0x5A);
        writer.reset(buffer, OFFSET);
    }

    private void readFrom(int end) {
        reader.reset(buffer, OFFSET, end - OFFSET);
    }

    private String hex() {
        return HexFormat.of().formatHex(buffer, OFFSET, writer.offset());
    }

    @Test
    void shouldWriteAndReadASenderReportWithBlocks() {
        // when
        writer.sr(0x11111111, 0x0102030405060708L, -2, 0xFFFF_FFFFL, 7);
        writer.reportBlock(0x22222222, 255, -1, 0x1FFFF, 17, 0xABCDEF01, 65_536);
        readFrom(writer.reportBlock(0x33333333, 0, 5, 1, 2, 3, 4));
        // then
        assertThat(reader.next()).isTrue();
        assertThat(reader.type()).isEqualTo(RtcpType.SENDER_REPORT);
        assertThat(reader.senderSsrc()).isEqualTo(0x11111111);
        assertThat(reader.ntpTimestamp()).isEqualTo(0x0102030405060708L);
        assertThat(reader.rtpTimestamp()).isEqualTo(-2);
        assertThat(reader.packetsSent()).isEqualTo(0xFFFF_FFFFL);
        assertThat(reader.octetsSent()).isEqualTo(7);
        assertThat(reader.reportCount()).isEqualTo(2);
        assertThat(reader.reportSsrc(0)).isEqualTo(0x22222222);
        assertThat(reader.fractionLost(0)).isEqualTo(255);
        assertThat(reader.cumulativeLost(0)).isEqualTo(-1);
        assertThat(reader.highestSequence(0)).isEqualTo(0x1FFFF);
        assertThat(reader.jitter(0)).isEqualTo(17);
        assertThat(reader.lastSenderReport(0)).isEqualTo(0xABCDEF01);
        assertThat(reader.delaySinceLastSenderReport(0)).isEqualTo(65_536);
        assertThat(reader.reportSsrc(1)).isEqualTo(0x33333333);
        assertThat(reader.cumulativeLost(1)).isEqualTo(5);
        assertThatThrownBy(() -> reader.jitter(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(reader.next()).isFalse();
        assertThat(reader.malformed()).isFalse();
    }

    @Test
    void shouldWriteTheBytesTheStandardsShow() {
        writer.rr(0x01020304);
        writer.sdesCname(0x01020304, "ab".getBytes(UTF_8));
        writer.pli(1, 2);
        writer.nack(1, 2, new int[] {65_535, 0, 15, 16, 17}, 5);
        writer.remb(1, 1_000_000, new int[] {9, 10}, 2);
        writer.fir(1, 2, 7);
        writer.bye(5);
        assertThat(hex())
                .isEqualTo("80c90001" + "01020304" //
                        + "81ca0003" + "01020304" + "0102" + "6162" + "00000000"
                        + "81ce0002" + "00000001" + "00000002"
                        + "81cd0004" + "00000001" + "00000002" + "ffff8001" + "00100001"
                        + "8fce0006" + "00000001" + "00000000" + "52454d42" + "020bd090" + "00000009" + "0000000a"
                        + "84ce0004" + "00000001" + "00000000" + "00000002" + "07000000"
                        + "81cb0001" + "00000005");
    }

    @Test
    void shouldWalkOverACompoundPacket() {
        // given
        writer.rr(1);
        writer.sdesCname(1, "name".getBytes(UTF_8));
        writer.nack(1, 2, new int[] {7, 9}, 2);
        writer.pli(1, 3);
        writer.fir(1, 4, 250);
        writer.remb(1, 2_500_000_000L, new int[] {6}, 1);
        readFrom(writer.bye(8));
        // then
        assertThat(reader.next()).isTrue();
        assertThat(reader.type()).isEqualTo(RtcpType.RECEIVER_REPORT);
        assertThat(reader.reportCount()).isZero();
        assertThat(reader.next()).isTrue();
        assertThat(reader.type()).isEqualTo(RtcpType.SOURCE_DESCRIPTION);
        assertThat(reader.next()).isTrue();
        assertThat(reader.nackCount()).isEqualTo(1);
        assertThat(reader.mediaSsrc()).isEqualTo(2);
        assertThat(reader.nackPid(0)).isEqualTo(7);
        assertThat(reader.nackBlp(0)).isEqualTo(0b10);
        assertThat(reader.next()).isTrue();
        assertThat(reader.isPli()).isTrue();
        assertThat(reader.mediaSsrc()).isEqualTo(3);
        assertThat(reader.nackCount()).isZero();
        assertThat(reader.next()).isTrue();
        assertThat(reader.firCount()).isEqualTo(1);
        assertThat(reader.firSsrc(0)).isEqualTo(4);
        assertThat(reader.firSequence(0)).isEqualTo(250);
        assertThat(reader.next()).isTrue();
        assertThat(reader.rembBitrateBps()).isCloseTo(2_500_000_000L, org.assertj.core.data.Offset.offset(20_000L));
        assertThat(reader.rembSsrcCount()).isEqualTo(1);
        assertThat(reader.rembSsrc(0)).isEqualTo(6);
        assertThat(reader.next()).isTrue();
        assertThat(reader.byeCount()).isEqualTo(1);
        assertThat(reader.byeSsrc(0)).isEqualTo(8);
        assertThat(reader.next()).isFalse();
        assertThat(reader.type()).isZero();
    }

    @Test
    void shouldNeverRoundAnEstimateUp() {
        for (long bps : new long[] {0, 1, 0x3FFFF, 0x40000, 123_456_789, Long.MAX_VALUE}) {
            writer.reset(buffer, OFFSET);
            readFrom(writer.remb(1, bps, new int[0], 0));
            assertThat(reader.next()).isTrue();
            assertThat(reader.rembBitrateBps()).isBetween(bps - bps / 0x20000, bps);
        }
    }

    @Test
    void shouldWriteNoNackForNothingLost() {
        assertThat(writer.nack(1, 2, new int[4], 0)).isEqualTo(OFFSET);
    }

    @Test
    void shouldRefuseABlockWithoutAReport() {
        writer.rr(1);
        writer.bye(1);
        assertThatThrownBy(() -> writer.reportBlock(1, 0, 0, 0, 0, 0, 0)).isInstanceOf(IllegalStateException.class);
    }
}
