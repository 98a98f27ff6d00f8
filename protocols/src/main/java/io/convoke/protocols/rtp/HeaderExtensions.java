package io.convoke.protocols.rtp;

import io.convoke.protocols.wire.BigEndian;

/**
 * Finds an element in the extension block of an RTP packet: one-byte form (profile 0xBEDE, ids 1..14, 1..16 bytes) or
 * two-byte form (profile 0x100X, ids 1..255, 0..255 bytes), RFC 8285 §4.
 */
public final class HeaderExtensions {
    /** The packet has no such element, or its block is malformed before it. */
    public static final long NONE = -1;

    private static final int ONE_BYTE_PROFILE = 0xBEDE;
    private static final int TWO_BYTE_PROFILE = 0x1000;
    private static final int ONE_BYTE_STOP = 15;

    private HeaderExtensions() {}

    /**
     * Where the value of the first element with this id lies.
     *
     * @return {@code offset << 32 | length} with the offset as an absolute index, or {@link #NONE}; see {@link #offset}
     *     and {@link #length}
     */
    public static long find(byte[] buffer, int offset, int length, int id) {
        int header = RtpHeader.lengthBytes(buffer, offset, length);
        if (header == RtpHeader.MALFORMED || !RtpHeader.hasExtensions(buffer, offset) || id <= 0) {
            return NONE;
        }
        int block = offset + RtpHeader.extensionsAt(buffer, offset);
        int profile = BigEndian.u16(buffer, block);
        if (profile == ONE_BYTE_PROFILE) {
            return findOneByte(buffer, block + 4, offset + header, id);
        }
        return (profile & 0xFFF0) == TWO_BYTE_PROFILE ? findTwoByte(buffer, block + 4, offset + header, id) : NONE;
    }

    /** Absolute index of a found value's first byte. */
    public static int offset(long found) {
        return (int) (found >>> 32);
    }

    /** Length of a found value in bytes. */
    public static int length(long found) {
        return (int) found;
    }

    private static long findOneByte(byte[] buffer, int start, int end, int id) {
        int at = start;
        while (at < end) {
            int current = buffer[at] >>> 4 & 0x0F;
            int valueBytes = (buffer[at] & 0x0F) + 1;
            if (current == 0) {
                if (valueBytes != 1) {
                    return NONE; // §4.2: id 0 with a length ends the block
                }
                at++;
                continue;
            }
            if (current == ONE_BYTE_STOP || at + 1 + valueBytes > end) {
                return NONE;
            }
            if (current == id) {
                return pack(at + 1, valueBytes);
            }
            at += 1 + valueBytes;
        }
        return NONE;
    }

    private static long findTwoByte(byte[] buffer, int start, int end, int id) {
        int at = start;
        while (at < end) {
            int current = BigEndian.u8(buffer, at);
            if (current == 0) {
                at++;
                continue;
            }
            if (at + 2 > end) {
                return NONE;
            }
            int valueBytes = BigEndian.u8(buffer, at + 1);
            if (at + 2 + valueBytes > end) {
                return NONE;
            }
            if (current == id) {
                return pack(at + 2, valueBytes);
            }
            at += 2 + valueBytes;
        }
        return NONE;
    }

    private static long pack(int offset, int length) {
        return (long) offset << 32 | length;
    }
}
