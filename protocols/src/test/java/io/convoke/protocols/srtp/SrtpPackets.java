package io.convoke.protocols.srtp;

import io.convoke.protocols.rtp.RtpHeader;
import io.convoke.protocols.rtp.rtcp.RtcpWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Plain packets for tests: content and size follow from the sequence. */
final class SrtpPackets {
    private SrtpPackets() {}

    /** With a CSRC and an extension for even sequences, 20 to 147 bytes of payload. */
    static byte[] rtp(int ssrc, int sequence) {
        boolean extended = sequence % 2 == 0;
        byte[] packet = new byte[(extended ? 24 : 12) + 20 + sequence % 128];
        Arrays.fill(packet, (byte) sequence);
        packet[0] = (byte) (extended ? 0x91 : 0x80);
        packet[1] = 96;
        RtpHeader.setSequence(packet, 0, sequence);
        RtpHeader.setTimestamp(packet, 0, sequence * 960);
        RtpHeader.setSsrc(packet, 0, ssrc);
        if (extended) {
            packet[16] = (byte) 0xBE;
            packet[17] = (byte) 0xDE;
            packet[18] = 0;
            packet[19] = 1;
        }
        return packet;
    }

    static byte[] rtcp(int ssrc) {
        byte[] buffer = new byte[200];
        RtcpWriter writer = new RtcpWriter();
        writer.reset(buffer, 0);
        writer.sr(ssrc, 1234567890123L, 4711, 10, 1000);
        writer.reportBlock(5, 6, 7, 8, 9, 10, 11);
        return Arrays.copyOf(buffer, writer.sdesCname(ssrc, "convoke".getBytes(StandardCharsets.UTF_8)));
    }
}
