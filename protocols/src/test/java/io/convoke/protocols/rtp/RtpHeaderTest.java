package io.convoke.protocols.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RtpHeaderTest {
    /** V=2 X=1 CC=1, M=1 PT=96, sequence, timestamp, SSRC, CSRC; extension 0xBEDE of one word; payload AABBCC. */
    private static final String PACKET =
            "91" + "e0" + "fffe" + "00010203" + "deadbeef" + "11223344" + "bede0001" + "10850000" + "aabbcc";

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @Test
    void shouldReadEveryField() {
        // given
        byte[] packet = bytes("00" + PACKET);
        // then
        assertThat(RtpHeader.looksLikeRtp(packet, 1, packet.length - 1)).isTrue();
        assertThat(RtpHeader.marker(packet, 1)).isTrue();
        assertThat(RtpHeader.payloadType(packet, 1)).isEqualTo(96);
        assertThat(RtpHeader.sequence(packet, 1)).isEqualTo(0xFFFE);
        assertThat(RtpHeader.timestamp(packet, 1)).isEqualTo(0x00010203);
        assertThat(RtpHeader.ssrc(packet, 1)).isEqualTo(0xDEADBEEF);
        assertThat(RtpHeader.lengthBytes(packet, 1, packet.length - 1)).isEqualTo(24);
        assertThat(RtpHeader.paddingBytes(packet, 1, packet.length - 1)).isZero();
    }

    @Test
    void shouldWriteFieldsWithoutTouchingTheirNeighbours() {
        // given
        byte[] packet = bytes(PACKET);
        // when
        RtpHeader.setPayloadType(packet, 0, 111);
        RtpHeader.setSequence(packet, 0, 0x12345);
        RtpHeader.setTimestamp(packet, 0, -1);
        RtpHeader.setSsrc(packet, 0, 0x01020304);
        // then
        assertThat(RtpHeader.marker(packet, 0)).isTrue();
        assertThat(RtpHeader.payloadType(packet, 0)).isEqualTo(111);
        assertThat(RtpHeader.sequence(packet, 0)).isEqualTo(0x2345);
        assertThat(RtpHeader.timestamp(packet, 0)).isEqualTo(-1);
        assertThat(RtpHeader.ssrc(packet, 0)).isEqualTo(0x01020304);
        // when
        RtpHeader.setMarker(packet, 0, false);
        // then
        assertThat(RtpHeader.marker(packet, 0)).isFalse();
        assertThat(RtpHeader.payloadType(packet, 0)).isEqualTo(111);
    }

    @Test
    void shouldTellRtcpFromRtp() {
        for (int type = 0; type < 256; type++) {
            // given
            byte[] packet = new byte[12];
            packet[0] = (byte) 0x80;
            packet[1] = (byte) type;
            boolean control = type >= 192 && type <= 223;
            // then
            assertThat(RtpHeader.isRtcp(packet, 0, 12)).isEqualTo(control);
            assertThat(RtpHeader.looksLikeRtp(packet, 0, 12)).isEqualTo(!control);
        }
    }

    @Test
    void shouldRejectOtherVersionsAndShortPackets() {
        // given
        byte[] stun = new byte[20];
        // then
        assertThat(RtpHeader.looksLikeRtp(stun, 0, 20)).isFalse();
        assertThat(RtpHeader.isRtcp(stun, 0, 20)).isFalse();
        assertThat(RtpHeader.looksLikeRtp(bytes(PACKET), 0, 11)).isFalse();
        assertThat(RtpHeader.lengthBytes(stun, 0, 20)).isEqualTo(RtpHeader.MALFORMED);
    }

    @Test
    void shouldReportEveryPrefixThatCutsTheHeader() {
        // given
        byte[] packet = bytes(PACKET);
        // then
        for (int length = 0; length < 24; length++) {
            assertThat(RtpHeader.lengthBytes(packet, 0, length))
                    .as("prefix %d", length)
                    .isEqualTo(-1);
        }
        assertThat(RtpHeader.lengthBytes(packet, 0, 24)).isEqualTo(24);
    }

    @Test
    void shouldReadPaddingAndRejectPaddingBeyondThePayload() {
        // given
        byte[] packet = bytes("a0600001" + "00000000" + "00000001" + "aabb0003");
        // then
        assertThat(RtpHeader.paddingBytes(packet, 0, packet.length)).isEqualTo(3);
        // when
        packet[packet.length - 1] = 5;
        // then
        assertThat(RtpHeader.paddingBytes(packet, 0, packet.length)).isEqualTo(RtpHeader.MALFORMED);
        // when
        packet[packet.length - 1] = 0;
        // then
        assertThat(RtpHeader.paddingBytes(packet, 0, packet.length)).isEqualTo(RtpHeader.MALFORMED);
    }

    @Test
    void shouldDropTheExtensionBlockAndKeepTheRest() {
        // given
        byte[] packet = bytes(PACKET);
        byte[] copy = new byte[40];
        // when
        int length = RtpHeader.withoutExtensions(packet, 0, packet.length, copy, 2);
        // then
        assertThat(HexFormat.of().formatHex(copy, 2, 2 + length)).isEqualTo("81e0fffe00010203deadbeef11223344aabbcc");
    }

    @Test
    void shouldDropTheExtensionBlockInPlace() {
        // given
        byte[] packet = bytes(PACKET);
        // when
        int length = RtpHeader.withoutExtensions(packet, 0, packet.length, packet, 0);
        // then
        assertThat(HexFormat.of().formatHex(packet, 0, length)).isEqualTo("81e0fffe00010203deadbeef11223344aabbcc");
    }
}
