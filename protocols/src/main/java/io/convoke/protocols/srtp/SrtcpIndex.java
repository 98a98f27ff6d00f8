package io.convoke.protocols.srtp;

import io.convoke.protocols.wire.BigEndian;

/** The word every SRTCP packet carries: E flag in the top bit, 31-bit index below (RFC 3711 §3.4). */
final class SrtcpIndex {
    static final int WORD_BYTES = 4;
    static final int ENCRYPTED = 0x8000_0000;
    static final int MAX = 0x7FFF_FFFF;

    private SrtcpIndex() {}

    static boolean encrypted(byte[] packet, int at) {
        return packet[at] < 0;
    }

    static int index(byte[] packet, int at) {
        return BigEndian.i32(packet, at) & MAX;
    }
}
