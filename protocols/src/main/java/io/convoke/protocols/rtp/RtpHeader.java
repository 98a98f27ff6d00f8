package io.convoke.protocols.rtp;

import io.convoke.protocols.wire.BigEndian;

/**
 * Fields of an RTP packet, read and written where they lie (RFC 3550 §5.1).
 *
 * <pre>
 * byte 0  V(2) P(1) X(1) CC(4)      byte 1  M(1) PT(7)      bytes 2-3  sequence
 * bytes 4-7  timestamp              bytes 8-11  SSRC        then 4 * CC bytes CSRC, then the extension block if X
 * </pre>
 *
 * <p>Single-field accessors expect a packet that {@link #looksLikeRtp} accepted.
 */
public final class RtpHeader {
    /** Length of the header without CSRCs and extensions. */
    public static final int FIXED_BYTES = 12;

    /** Result for a packet whose lengths contradict each other. */
    public static final int MALFORMED = -1;

    private static final int RTCP_MIN_BYTES = 8;

    private RtpHeader() {}

    /** Whether these bytes have the size and version of an RTP packet and are not RTCP. */
    public static boolean looksLikeRtp(byte[] buffer, int offset, int length) {
        return length >= FIXED_BYTES && isVersion2(buffer, offset) && !isRtcpType(buffer, offset);
    }

    /** Whether these bytes are RTCP on a multiplexed port: packet types 192 to 223 (RFC 5761 §4). */
    public static boolean isRtcp(byte[] buffer, int offset, int length) {
        return length >= RTCP_MIN_BYTES && isVersion2(buffer, offset) && isRtcpType(buffer, offset);
    }

    /** Payload type, 0..127. */
    public static int payloadType(byte[] buffer, int offset) {
        return buffer[offset + 1] & 0x7F;
    }

    /** Marker bit. */
    public static boolean marker(byte[] buffer, int offset) {
        return buffer[offset + 1] < 0;
    }

    /** Sequence number, 0..65535. */
    public static int sequence(byte[] buffer, int offset) {
        return BigEndian.u16(buffer, offset + 2);
    }

    /** Timestamp in units of the payload's clock, all 32 bits. */
    public static int timestamp(byte[] buffer, int offset) {
        return BigEndian.i32(buffer, offset + 4);
    }

    /** Synchronization source, all 32 bits. */
    public static int ssrc(byte[] buffer, int offset) {
        return BigEndian.i32(buffer, offset + 8);
    }

    /** Whether a header extension block follows the CSRCs. */
    public static boolean hasExtensions(byte[] buffer, int offset) {
        return (buffer[offset] & 0x10) != 0;
    }

    /** Length of the whole header with CSRCs and extension block, or {@link #MALFORMED} if it does not fit. */
    public static int lengthBytes(byte[] buffer, int offset, int length) {
        if (length < FIXED_BYTES || !isVersion2(buffer, offset)) {
            return MALFORMED;
        }
        int header = extensionsAt(buffer, offset);
        if (hasExtensions(buffer, offset)) {
            if (header + 4 > length) {
                return MALFORMED;
            }
            header += 4 + 4 * BigEndian.u16(buffer, offset + header + 2);
        }
        return header <= length ? header : MALFORMED;
    }

    /** Length of the padding at the end, 0 without the P bit, or {@link #MALFORMED} if it would reach into the header. */
    public static int paddingBytes(byte[] buffer, int offset, int length) {
        int header = lengthBytes(buffer, offset, length);
        if (header == MALFORMED) {
            return MALFORMED;
        }
        if ((buffer[offset] & 0x20) == 0) {
            return 0;
        }
        int padding = BigEndian.u8(buffer, offset + length - 1);
        return padding > 0 && padding <= length - header ? padding : MALFORMED;
    }

    /** Writes the payload type, 0..127, and leaves the marker alone. */
    public static void setPayloadType(byte[] buffer, int offset, int payloadType) {
        buffer[offset + 1] = (byte) ((buffer[offset + 1] & 0x80) | (payloadType & 0x7F));
    }

    /** Writes the marker bit. */
    public static void setMarker(byte[] buffer, int offset, boolean marker) {
        buffer[offset + 1] = (byte) ((buffer[offset + 1] & 0x7F) | (marker ? 0x80 : 0));
    }

    /** Writes the low 16 bits as the sequence number. */
    public static void setSequence(byte[] buffer, int offset, int sequence) {
        BigEndian.put16(buffer, offset + 2, sequence);
    }

    /** Writes the timestamp. */
    public static void setTimestamp(byte[] buffer, int offset, int timestamp) {
        BigEndian.put32(buffer, offset + 4, timestamp);
    }

    /** Writes the synchronization source. */
    public static void setSsrc(byte[] buffer, int offset, int ssrc) {
        BigEndian.put32(buffer, offset + 8, ssrc);
    }

    /**
     * Copies a packet without its extension block and clears the X bit. Source and target may be the same array when
     * the target does not start behind the source.
     *
     * @return length of the copy, or {@link #MALFORMED} with nothing written
     */
    public static int withoutExtensions(byte[] source, int sourceOffset, int length, byte[] target, int targetOffset) {
        int header = lengthBytes(source, sourceOffset, length);
        if (header == MALFORMED) {
            return MALFORMED;
        }
        int kept = extensionsAt(source, sourceOffset);
        System.arraycopy(source, sourceOffset, target, targetOffset, kept);
        System.arraycopy(source, sourceOffset + header, target, targetOffset + kept, length - header);
        target[targetOffset] &= (byte) ~0x10;
        return kept + length - header;
    }

    /** Distance from the packet's start to its extension block, or to its payload when there is none. */
    static int extensionsAt(byte[] buffer, int offset) {
        return FIXED_BYTES + 4 * (buffer[offset] & 0x0F);
    }

    private static boolean isVersion2(byte[] buffer, int offset) {
        return (buffer[offset] & 0xC0) == 0x80;
    }

    private static boolean isRtcpType(byte[] buffer, int offset) {
        int type = BigEndian.u8(buffer, offset + 1);
        return type >= 192 && type <= 223;
    }
}
