package io.convoke.protocols.rtp.rtcp;

import static io.convoke.protocols.rtp.rtcp.RtcpType.FEEDBACK_HEADER_BYTES;
import static io.convoke.protocols.rtp.rtcp.RtcpType.HEADER_BYTES;
import static io.convoke.protocols.rtp.rtcp.RtcpType.REPORT_BLOCK_BYTES;
import static io.convoke.protocols.rtp.rtcp.RtcpType.SENDER_INFO_BYTES;

import io.convoke.protocols.wire.BigEndian;
import java.util.Objects;

/**
 * Walks over a compound RTCP packet where it lies; reusable, allocates nothing. {@link #next} steps to a packet whose
 * lengths have been checked, so that the accessors below cannot run out of it. The bytes must not change meanwhile.
 *
 * <p>Counts ({@link #reportCount}, {@link #nackCount}, ...) are 0 for packets of another kind; an index at or above the
 * count is a bug of the caller and throws {@link IndexOutOfBoundsException}.
 */
public final class RtcpReader {
    private static final byte[] NOTHING = new byte[0];
    private static final int NACK_BYTES = 4;
    private static final int FIR_BYTES = 8;
    private static final int REMB_FIXED_BYTES = FEEDBACK_HEADER_BYTES + 8;

    private byte[] buffer = NOTHING;
    private int nextAt;
    private int end;
    private boolean malformed;
    private int at;
    private int packetBytes;

    /** Starts over with the compound packet in these bytes. */
    public void reset(byte[] bytes, int offset, int length) {
        buffer = bytes;
        nextAt = offset;
        end = offset + length;
        malformed = false;
        at = offset;
        packetBytes = 0;
    }

    /** Steps to the next packet; false at the end, and for good once a packet is malformed. */
    public boolean next() {
        if (malformed || nextAt == end) {
            packetBytes = 0;
            return false;
        }
        int room = end - nextAt;
        int size = room < HEADER_BYTES ? 0 : HEADER_BYTES + 4 * BigEndian.u16(buffer, nextAt + 2);
        if (size == 0 || size > room || (buffer[nextAt] & 0xC0) != 0x80) {
            return fail();
        }
        at = nextAt;
        nextAt += size;
        packetBytes = size;
        if ((buffer[at] & 0x20) != 0) {
            int padding = BigEndian.u8(buffer, at + size - 1);
            if (padding == 0 || padding % 4 != 0 || padding > size - HEADER_BYTES) {
                return fail();
            }
            packetBytes -= padding;
        }
        return packetBytes >= leastBytes() || fail();
    }

    /** Whether the walk ended at a packet whose lengths contradict each other. */
    public boolean malformed() {
        return malformed;
    }

    /** Packet type, see {@link RtcpType}. */
    public int type() {
        return packetBytes == 0 ? 0 : BigEndian.u8(buffer, at + 1);
    }

    /** The header's five-bit count, or the feedback format. */
    public int count() {
        return packetBytes == 0 ? 0 : buffer[at] & 0x1F;
    }

    /** SSRC of who sent this packet; 0 for a packet without one. */
    public int senderSsrc() {
        return packetBytes < 8 ? 0 : BigEndian.i32(buffer, at + 4);
    }

    /** NTP timestamp of a sender report: seconds since 1900 in the upper 32 bits, fraction in the lower; else 0. */
    public long ntpTimestamp() {
        return type() == RtcpType.SENDER_REPORT ? BigEndian.i64(buffer, at + 8) : 0;
    }

    /** RTP timestamp of a sender report for the same moment; else 0. */
    public int rtpTimestamp() {
        return type() == RtcpType.SENDER_REPORT ? BigEndian.i32(buffer, at + 16) : 0;
    }

    /** Packets sent, of a sender report; else 0. */
    public long packetsSent() {
        return type() == RtcpType.SENDER_REPORT ? BigEndian.u32(buffer, at + 20) : 0;
    }

    /** Payload bytes sent, of a sender report; else 0. */
    public long octetsSent() {
        return type() == RtcpType.SENDER_REPORT ? BigEndian.u32(buffer, at + 24) : 0;
    }

    /** Report blocks in a sender or receiver report. */
    public int reportCount() {
        return isReport() ? count() : 0;
    }

    /** Source the block is about. */
    public int reportSsrc(int index) {
        return BigEndian.i32(buffer, report(index));
    }

    /** Fraction lost since the last report, in 1/256. */
    public int fractionLost(int index) {
        return BigEndian.u8(buffer, report(index) + 4);
    }

    /** Packets lost in all; negative when duplicates outnumber losses. */
    public int cumulativeLost(int index) {
        return BigEndian.u24(buffer, report(index) + 5) << 8 >> 8;
    }

    /** Extended highest sequence received. */
    public long highestSequence(int index) {
        return BigEndian.u32(buffer, report(index) + 8);
    }

    /** Interarrival jitter in timestamp units. */
    public long jitter(int index) {
        return BigEndian.u32(buffer, report(index) + 12);
    }

    /** Middle 32 bits of the last sender report's NTP timestamp; 0 if none came yet. */
    public int lastSenderReport(int index) {
        return BigEndian.i32(buffer, report(index) + 16);
    }

    /** Delay since that sender report in 1/65536 s. */
    public long delaySinceLastSenderReport(int index) {
        return BigEndian.u32(buffer, report(index) + 20);
    }

    /** Media source a feedback packet is about; 0 for other packets and where the format leaves it unused. */
    public int mediaSsrc() {
        return isFeedback() ? BigEndian.i32(buffer, at + 8) : 0;
    }

    /** Whether this is a picture loss indication. */
    public boolean isPli() {
        return isPayloadFeedback(RtcpType.FORMAT_PLI);
    }

    /** Lost-packet entries of a generic NACK. */
    public int nackCount() {
        return isNack() ? (packetBytes - FEEDBACK_HEADER_BYTES) / NACK_BYTES : 0;
    }

    /** First lost sequence of the entry. */
    public int nackPid(int index) {
        return BigEndian.u16(buffer, entry(index, nackCount(), NACK_BYTES));
    }

    /** Bit i (from the lowest) set: sequence {@code pid + i + 1} is lost as well. */
    public int nackBlp(int index) {
        return BigEndian.u16(buffer, entry(index, nackCount(), NACK_BYTES) + 2);
    }

    /** Entries of a full intra request. */
    public int firCount() {
        return isPayloadFeedback(RtcpType.FORMAT_FIR) ? (packetBytes - FEEDBACK_HEADER_BYTES) / FIR_BYTES : 0;
    }

    /** Source that shall send a key frame. */
    public int firSsrc(int index) {
        return BigEndian.i32(buffer, entry(index, firCount(), FIR_BYTES));
    }

    /** Command sequence, 0..255: a repetition carries the same. */
    public int firSequence(int index) {
        return BigEndian.u8(buffer, entry(index, firCount(), FIR_BYTES) + 4);
    }

    /** Whether this is a receiver's bandwidth estimate. */
    public boolean isRemb() {
        return isPayloadFeedback(RtcpType.FORMAT_APPLICATION)
                && packetBytes >= REMB_FIXED_BYTES
                && BigEndian.i32(buffer, at + 12) == RtcpType.REMB_NAME
                && packetBytes >= REMB_FIXED_BYTES + 4 * BigEndian.u8(buffer, at + 16);
    }

    /** Estimated bandwidth, clamped to {@link Long#MAX_VALUE}; 0 for other packets. */
    public long rembBitrateBps() {
        if (!isRemb()) {
            return 0;
        }
        int exponent = BigEndian.u8(buffer, at + 17) >>> 2;
        long mantissa = BigEndian.u24(buffer, at + 17) & 0x3FFFF;
        return mantissa == 0 || exponent < Long.numberOfLeadingZeros(mantissa) ? mantissa << exponent : Long.MAX_VALUE;
    }

    /** Sources the estimate covers. */
    public int rembSsrcCount() {
        return isRemb() ? BigEndian.u8(buffer, at + 16) : 0;
    }

    /** One of those sources. */
    public int rembSsrc(int index) {
        return BigEndian.i32(buffer, at + REMB_FIXED_BYTES + 4 * Objects.checkIndex(index, rembSsrcCount()));
    }

    /** Sources that leave. */
    public int byeCount() {
        return type() == RtcpType.BYE ? count() : 0;
    }

    /** One of those sources. */
    public int byeSsrc(int index) {
        return BigEndian.i32(buffer, at + HEADER_BYTES + 4 * Objects.checkIndex(index, byeCount()));
    }

    private boolean isReport() {
        return type() == RtcpType.SENDER_REPORT || type() == RtcpType.RECEIVER_REPORT;
    }

    private boolean isFeedback() {
        return type() == RtcpType.TRANSPORT_FEEDBACK || type() == RtcpType.PAYLOAD_FEEDBACK;
    }

    private boolean isNack() {
        return type() == RtcpType.TRANSPORT_FEEDBACK && count() == RtcpType.FORMAT_NACK;
    }

    private boolean isPayloadFeedback(int format) {
        return type() == RtcpType.PAYLOAD_FEEDBACK && count() == format;
    }

    private int report(int index) {
        int start = HEADER_BYTES + 4 + (type() == RtcpType.SENDER_REPORT ? SENDER_INFO_BYTES : 0);
        return at + start + REPORT_BLOCK_BYTES * Objects.checkIndex(index, reportCount());
    }

    private int entry(int index, int entries, int entryBytes) {
        return at + FEEDBACK_HEADER_BYTES + entryBytes * Objects.checkIndex(index, entries);
    }

    private int leastBytes() {
        return switch (type()) {
            case RtcpType.SENDER_REPORT -> HEADER_BYTES + 4 + SENDER_INFO_BYTES + REPORT_BLOCK_BYTES * count();
            case RtcpType.RECEIVER_REPORT -> HEADER_BYTES + 4 + REPORT_BLOCK_BYTES * count();
            case RtcpType.BYE -> HEADER_BYTES + 4 * count();
            case RtcpType.TRANSPORT_FEEDBACK, RtcpType.PAYLOAD_FEEDBACK -> FEEDBACK_HEADER_BYTES;
            default -> HEADER_BYTES;
        };
    }

    private boolean fail() {
        malformed = true;
        packetBytes = 0;
        return false;
    }
}
