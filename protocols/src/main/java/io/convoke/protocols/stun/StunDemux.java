package io.convoke.protocols.stun;

import io.convoke.protocols.wire.BigEndian;

/** Tells STUN from DTLS, RTP and the rest on one port (RFC 7983, RFC 8489 §6.3). */
public final class StunDemux {
    static final int HEADER_BYTES = 20;
    static final int MAGIC_COOKIE = 0x2112A442;

    private StunDemux() {}

    /** Whether the first 20 bytes are those of a STUN message. Does not look at the attributes. */
    public static boolean isStun(byte[] buffer, int offset, int length) {
        return length >= HEADER_BYTES
                && (buffer[offset] & 0xFC) == 0
                && BigEndian.i32(buffer, offset + 4) == MAGIC_COOKIE
                && (buffer[offset + 3] & 0x03) == 0;
    }
}
