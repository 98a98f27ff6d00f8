package io.convoke.media.sfu;

import io.convoke.protocols.rtp.RtpHeader;
import java.nio.charset.StandardCharsets;

/**
 * The header extension block of every packet sent: one element in one-byte form that names the slot's mid (RFC 8285 §4.2, RFC 9143 §15), so that a
 * client finds the section of a packet that arrives before the answer which announces its SSRC. Firefox gives such a packet's SSRC to another section
 * otherwise, and stays deaf to it. Eight bytes always: {@code BE DE 00 01}, id and length, up to three characters, zeros.
 */
final class MidMark {
    /** The block of a slot whose client did not ask for the mid, or whose mid is too long: padding only. */
    static final int NONE = 0;

    static final int MALFORMED = -1;

    private static final int BLOCK_BYTES = 8;
    private static final int LONGEST_MID = 3;
    private static final int LARGEST_ID = 14;
    private static final int EXTENSION_BIT = 0x10;
    private static final int CSRC_COUNT = 0x0f;

    private MidMark() {}

    /** The element as four bytes. {@code id} is the negotiated one, or negative. */
    static int of(int id, String mid) {
        byte[] text = mid.getBytes(StandardCharsets.US_ASCII);
        if (id < 1 || id > LARGEST_ID || text.length < 1 || text.length > LONGEST_MID) {
            return NONE;
        }
        int mark = id << 28 | (text.length - 1) << 24;
        for (int i = 0; i < text.length; i++) {
            mark |= (text[i] & 0xff) << (16 - 8 * i);
        }
        return mark;
    }

    /** Copies a packet, with an empty block in place of its header extensions. Returns the new length, or {@link #MALFORMED}. */
    static int copy(byte[] source, int length, byte[] target) {
        int header = RtpHeader.lengthBytes(source, 0, length);
        if (header < 0) {
            return MALFORMED;
        }
        int kept = blockAt(source);
        if (kept + BLOCK_BYTES + length - header > target.length) {
            return MALFORMED;
        }
        System.arraycopy(source, 0, target, 0, kept);
        System.arraycopy(source, header, target, kept + BLOCK_BYTES, length - header);
        target[0] |= EXTENSION_BIT;
        target[kept] = (byte) 0xbe;
        target[kept + 1] = (byte) 0xde;
        target[kept + 2] = 0;
        target[kept + 3] = 1;
        put(target, kept + 4, NONE);
        return kept + BLOCK_BYTES + length - header;
    }

    /** Names the slot in a packet that {@link #copy} made. */
    static void write(byte[] packet, int mark) {
        put(packet, blockAt(packet) + 4, mark);
    }

    private static int blockAt(byte[] packet) {
        return RtpHeader.FIXED_BYTES + 4 * (packet[0] & CSRC_COUNT);
    }

    private static void put(byte[] packet, int at, int mark) {
        packet[at] = (byte) (mark >> 24);
        packet[at + 1] = (byte) (mark >> 16);
        packet[at + 2] = (byte) (mark >> 8);
        packet[at + 3] = (byte) mark;
    }
}
