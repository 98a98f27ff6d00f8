package io.convoke.protocols.rtp.rtcp;

import static io.convoke.protocols.rtp.rtcp.RtcpType.FEEDBACK_HEADER_BYTES;
import static io.convoke.protocols.rtp.rtcp.RtcpType.HEADER_BYTES;
import static io.convoke.protocols.rtp.rtcp.RtcpType.REPORT_BLOCK_BYTES;
import static io.convoke.protocols.rtp.rtcp.RtcpType.SENDER_INFO_BYTES;

import io.convoke.protocols.wire.BigEndian;
import java.util.Arrays;

/**
 * Appends RTCP packets to the caller's array, one behind the other, so that they form a compound packet. Reusable,
 * allocates nothing. Every method returns the offset behind what it wrote. The caller owns the array and gives enough
 * room; running out of it throws {@link IndexOutOfBoundsException}.
 */
public final class RtcpWriter {
    private static final byte[] NOTHING = new byte[0];
    private static final int MAX_REPORTS = 31;
    private static final int MAX_REMB_MANTISSA = 0x3FFFF;
    private static final int MAX_REMB_SSRCS = 255;
    private static final int MAX_CNAME_BYTES = 255;

    private byte[] buffer = NOTHING;
    private int at;
    private int reportAt = -1;

    /** Starts a compound packet at this offset. */
    public void reset(byte[] bytes, int offset) {
        buffer = bytes;
        at = offset;
        reportAt = -1;
    }

    /** Offset behind everything written so far. */
    public int offset() {
        return at;
    }

    /** Sender report without blocks; append them with {@link #reportBlock}. Counts are taken modulo 2^32. */
    public int sr(int ssrc, long ntpTimestamp, int rtpTimestamp, long packetsSent, long octetsSent) {
        int start = begin(RtcpType.SENDER_REPORT, 0, HEADER_BYTES + 4 + SENDER_INFO_BYTES);
        BigEndian.put32(buffer, start + 4, ssrc);
        BigEndian.put64(buffer, start + 8, ntpTimestamp);
        BigEndian.put32(buffer, start + 16, rtpTimestamp);
        BigEndian.put32(buffer, start + 20, (int) packetsSent);
        BigEndian.put32(buffer, start + 24, (int) octetsSent);
        reportAt = start;
        return at;
    }

    /** Receiver report without blocks; append them with {@link #reportBlock}. */
    public int rr(int ssrc) {
        int start = begin(RtcpType.RECEIVER_REPORT, 0, HEADER_BYTES + 4);
        BigEndian.put32(buffer, start + 4, ssrc);
        reportAt = start;
        return at;
    }

    /**
     * Appends a block to the sender or receiver report just written.
     *
     * @param fractionLost in 1/256
     * @param lastSenderReport middle 32 bits of its NTP timestamp, 0 if none came yet
     * @param delaySinceLast in 1/65536 s
     * @throws IllegalStateException if the last thing written is no report, or it already has 31 blocks
     */
    public int reportBlock(
            int ssrc,
            int fractionLost,
            int cumulativeLost,
            int extendedHighest,
            int jitter,
            int lastSenderReport,
            int delaySinceLast) {
        if (reportAt < 0 || (buffer[reportAt] & 0x1F) == MAX_REPORTS) {
            throw new IllegalStateException("Expected a report with room for a block right before");
        }
        BigEndian.put32(buffer, at, ssrc);
        BigEndian.put8(buffer, at + 4, fractionLost);
        BigEndian.put24(buffer, at + 5, cumulativeLost);
        BigEndian.put32(buffer, at + 8, extendedHighest);
        BigEndian.put32(buffer, at + 12, jitter);
        BigEndian.put32(buffer, at + 16, lastSenderReport);
        BigEndian.put32(buffer, at + 20, delaySinceLast);
        at += REPORT_BLOCK_BYTES;
        buffer[reportAt]++;
        BigEndian.put16(buffer, reportAt + 2, (at - reportAt) / 4 - 1);
        return at;
    }

    /** Source description with one CNAME of at most 255 bytes (RFC 3550 §6.5.1). */
    public int sdesCname(int ssrc, byte[] cname) {
        if (cname.length > MAX_CNAME_BYTES) {
            throw new IllegalArgumentException("Expected a CNAME of at most 255 bytes, but got " + cname.length);
        }
        // The item list ends with at least one zero byte and fills up to a multiple of four.
        int items = 2 + cname.length;
        int padded = (items + 4) & ~3;
        int start = begin(RtcpType.SOURCE_DESCRIPTION, 1, HEADER_BYTES + 4 + padded);
        BigEndian.put32(buffer, start + 4, ssrc);
        BigEndian.put8(buffer, start + 8, RtcpType.CNAME_ITEM);
        BigEndian.put8(buffer, start + 9, cname.length);
        System.arraycopy(cname, 0, buffer, start + 10, cname.length);
        Arrays.fill(buffer, start + 8 + items, start + 8 + padded, (byte) 0);
        return at;
    }

    /** Picture loss indication (RFC 4585 §6.3.1). */
    public int pli(int senderSsrc, int mediaSsrc) {
        feedback(RtcpType.PAYLOAD_FEEDBACK, RtcpType.FORMAT_PLI, senderSsrc, mediaSsrc, 0);
        return at;
    }

    /** Full intra request for one source (RFC 5104 §4.3.1); {@code commandSequence} grows with each new request. */
    public int fir(int senderSsrc, int mediaSsrc, int commandSequence) {
        int start = feedback(RtcpType.PAYLOAD_FEEDBACK, RtcpType.FORMAT_FIR, senderSsrc, 0, 8);
        BigEndian.put32(buffer, start, mediaSsrc);
        BigEndian.put32(buffer, start + 4, commandSequence << 24);
        return at;
    }

    /**
     * Generic NACK (RFC 4585 §6.2.1) for the first {@code count} sequences, which should ascend (modulo 2^16) to be
     * packed well. Writes nothing for none.
     */
    public int nack(int senderSsrc, int mediaSsrc, int[] sequences, int count) {
        if (count == 0) {
            return at;
        }
        int start = at;
        int entry = feedback(RtcpType.TRANSPORT_FEEDBACK, RtcpType.FORMAT_NACK, senderSsrc, mediaSsrc, 0);
        int i = 0;
        while (i < count) {
            int pid = sequences[i++];
            int lostAfter = 0;
            while (i < count) {
                int distance = sequences[i] - pid & 0xFFFF;
                if (distance < 1 || distance > 16) {
                    break;
                }
                lostAfter |= 1 << (distance - 1);
                i++;
            }
            BigEndian.put16(buffer, entry, pid);
            BigEndian.put16(buffer, entry + 2, lostAfter);
            entry += 4;
        }
        at = entry;
        BigEndian.put16(buffer, start + 2, (at - start) / 4 - 1);
        return at;
    }

    /** Receiver's bandwidth estimate for the first {@code count} (at most 255) sources, rounded down to 18 bits. */
    public int remb(int senderSsrc, long bitrateBps, int[] ssrcs, int count) {
        if (count > MAX_REMB_SSRCS || bitrateBps < 0) {
            throw new IllegalArgumentException("Expected at most 255 sources and a bitrate of 0 or more");
        }
        int exponent = Math.max(0, 64 - 18 - Long.numberOfLeadingZeros(bitrateBps));
        int mantissa = (int) (bitrateBps >>> exponent) & MAX_REMB_MANTISSA;
        int start = feedback(RtcpType.PAYLOAD_FEEDBACK, RtcpType.FORMAT_APPLICATION, senderSsrc, 0, 8 + 4 * count);
        BigEndian.put32(buffer, start, RtcpType.REMB_NAME);
        BigEndian.put8(buffer, start + 4, count);
        BigEndian.put24(buffer, start + 5, exponent << 18 | mantissa);
        for (int i = 0; i < count; i++) {
            BigEndian.put32(buffer, start + 8 + 4 * i, ssrcs[i]);
        }
        return at;
    }

    /** Goodbye of one source, without a reason. */
    public int bye(int ssrc) {
        int start = begin(RtcpType.BYE, 1, HEADER_BYTES + 4);
        BigEndian.put32(buffer, start + 4, ssrc);
        return at;
    }

    private int feedback(int type, int format, int senderSsrc, int mediaSsrc, int controlBytes) {
        int start = begin(type, format, FEEDBACK_HEADER_BYTES + controlBytes);
        BigEndian.put32(buffer, start + 4, senderSsrc);
        BigEndian.put32(buffer, start + 8, mediaSsrc);
        return start + FEEDBACK_HEADER_BYTES;
    }

    private int begin(int type, int count, int sizeBytes) {
        int start = at;
        BigEndian.put8(buffer, start, 0x80 | count);
        BigEndian.put8(buffer, start + 1, type);
        BigEndian.put16(buffer, start + 2, sizeBytes / 4 - 1);
        at = start + sizeBytes;
        reportAt = -1;
        return start;
    }
}
