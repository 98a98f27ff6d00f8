package io.convoke.protocols.rtp;

/**
 * The VP8 payload descriptor and the first byte of the frame behind it (RFC 7741 §4.2, §4.3).
 *
 * <pre>
 * byte 0     X R N S R PID(3)
 * if X:      I L T K RSV(4)
 *   if I:    M PictureID(7), and 8 more bits when M is set
 *   if L:    TL0PICIDX(8)
 *   if T, K: TID(2) Y KEYIDX(5)
 * </pre>
 */
public final class Vp8Payload {
    private static final int MALFORMED = -1;
    private static final int EXTENDED = 0x80;
    private static final int PARTITION_START = 0x10;
    private static final int PARTITION_INDEX = 0x07;

    private Vp8Payload() {}

    /** Whether the payload holds the first bytes of a key frame: S set, partition 0, inverse key frame bit 0. */
    public static boolean startsKeyframe(byte[] buffer, int payloadOffset, int payloadLength) {
        int descriptor = descriptorBytes(buffer, payloadOffset, payloadLength);
        return descriptor != MALFORMED
                && startsFrame(buffer, payloadOffset)
                && (buffer[payloadOffset + descriptor] & 0x01) == 0;
    }

    /** Length of the descriptor, or -1 when no frame byte would follow it. */
    static int descriptorBytes(byte[] buffer, int offset, int length) {
        if (length < 1) {
            return MALFORMED;
        }
        int size = 1;
        if ((buffer[offset] & EXTENDED) != 0) {
            if (length < 2) {
                return MALFORMED;
            }
            int fields = buffer[offset + 1];
            size = 2;
            if ((fields & 0x80) != 0) {
                if (length <= size) {
                    return MALFORMED;
                }
                size += buffer[offset + size] < 0 ? 2 : 1;
            }
            size += (fields & 0x40) != 0 ? 1 : 0;
            size += (fields & 0x30) != 0 ? 1 : 0;
        }
        return size < length ? size : MALFORMED;
    }

    private static boolean startsFrame(byte[] buffer, int offset) {
        return (buffer[offset] & PARTITION_START) != 0 && (buffer[offset] & PARTITION_INDEX) == 0;
    }
}
