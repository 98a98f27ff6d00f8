package io.convoke.protocols.srtp;

/** The 48-bit index of an RTP packet: rollover counter above, sequence number below (RFC 3711 §3.3.1). */
final class PacketIndex {
    static final long MAX = (1L << 48) - 1;
    private static final int HALF = 1 << 15;
    private static final int CYCLE = 1 << 16;

    private PacketIndex() {}

    /** The index with this sequence closest to the highest known; negative when that lies before the first cycle. */
    static long closest(long highest, int sequence) {
        int last = (int) highest & 0xFFFF;
        int distance = sequence - last;
        if (last < HALF && distance > HALF) {
            distance -= CYCLE;
        } else if (last >= HALF && distance < -HALF) {
            distance += CYCLE;
        }
        return highest + distance;
    }
}
