package io.convoke.protocols.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class RtcpReaderFuzzTest {
    /** Whatever arrives can be walked over, and every accessor answers within the packet. */
    @FuzzTest
    void shouldWalkOverAnythingWithoutFailing(byte[] bytes) {
        RtcpReader reader = new RtcpReader();
        reader.reset(bytes, 0, bytes.length);
        int packets = 0;
        while (reader.next()) {
            packets++;
            readAll(reader);
        }
        assertThat(packets).isLessThanOrEqualTo(bytes.length / 4);
        readAll(reader);
    }

    private static void readAll(RtcpReader reader) {
        long sum = (long) reader.type() + reader.count() + reader.senderSsrc() + reader.mediaSsrc();
        sum += reader.ntpTimestamp() + reader.rtpTimestamp() + reader.packetsSent() + reader.octetsSent();
        for (int i = 0; i < reader.reportCount(); i++) {
            sum += (long) reader.reportSsrc(i) + reader.fractionLost(i) + reader.cumulativeLost(i);
            sum += reader.highestSequence(i) + reader.jitter(i);
            sum += reader.lastSenderReport(i) + reader.delaySinceLastSenderReport(i);
        }
        for (int i = 0; i < reader.nackCount(); i++) {
            sum += reader.nackPid(i) + reader.nackBlp(i);
        }
        for (int i = 0; i < reader.firCount(); i++) {
            sum += (long) reader.firSsrc(i) + reader.firSequence(i);
        }
        for (int i = 0; i < reader.rembSsrcCount(); i++) {
            sum += reader.rembSsrc(i);
        }
        for (int i = 0; i < reader.byeCount(); i++) {
            sum += reader.byeSsrc(i);
        }
        assertThat(reader.rembBitrateBps()).isNotNegative();
        assertThat(reader.isPli() && reader.isRemb()).as("read %d", sum).isFalse();
    }
}
