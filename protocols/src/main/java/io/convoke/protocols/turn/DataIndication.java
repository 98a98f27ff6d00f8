package io.convoke.protocols.turn;

import io.convoke.protocols.wire.BigEndian;

/**
 * Writes a Data indication (RFC 8656 §11.3) around a payload that is already in place, without allocation:
 *
 * <pre>
 * 20 header | 4 + 8 or 4 + 20 XOR-PEER-ADDRESS | 4 + n DATA | 0..3 zeros
 * </pre>
 */
public final class DataIndication {
    /** Bytes in front of the payload of an IPv4 peer. */
    public static final int IPV4_HEADER_BYTES = 36;

    /** Bytes in front of the payload of an IPv6 peer. */
    public static final int IPV6_HEADER_BYTES = 48;

    private static final int COOKIE = 0x2112A442;
    private static final int DATA_INDICATION = 0x0017;
    private static final int IPV4_MAPPED = 0xFFFF;

    private DataIndication() {}

    /** Bytes in front of the payload. */
    public static int headerBytes(long high, long low) {
        return isIpv4(high, low) ? IPV4_HEADER_BYTES : IPV6_HEADER_BYTES;
    }

    /** Bytes of the whole message. */
    public static int totalBytes(long high, long low, int payloadBytes) {
        return headerBytes(high, low) + ((payloadBytes + 3) & ~3);
    }

    /**
     * Writes everything but the payload, which starts at {@code at + headerBytes(high, low)}.
     *
     * @param id makes the transaction id: another one for each indication
     */
    public static void write(byte[] target, int at, long high, long low, int port, int payloadBytes, long id) {
        int header = headerBytes(high, low);
        int total = totalBytes(high, low, payloadBytes);
        BigEndian.put16(target, at, DATA_INDICATION);
        BigEndian.put16(target, at + 2, total - 20);
        BigEndian.put32(target, at + 4, COOKIE);
        BigEndian.put64(target, at + 8, id);
        int idTail = (int) ((id * 0x9E3779B97F4A7C15L) >>> 32);
        BigEndian.put32(target, at + 16, idTail);
        BigEndian.put16(target, at + 20, 0x0012);
        BigEndian.put16(target, at + 22, header - 28);
        boolean ipv4 = header == IPV4_HEADER_BYTES;
        BigEndian.put16(target, at + 24, ipv4 ? 1 : 2);
        BigEndian.put16(target, at + 26, port ^ COOKIE >>> 16);
        if (ipv4) {
            BigEndian.put32(target, at + 28, (int) low ^ COOKIE);
        } else {
            BigEndian.put64(target, at + 28, high ^ ((long) COOKIE << 32 | id >>> 32));
            BigEndian.put64(target, at + 36, low ^ (id << 32 | (idTail & 0xFFFF_FFFFL)));
        }
        BigEndian.put16(target, at + header - 4, 0x0013);
        BigEndian.put16(target, at + header - 2, payloadBytes);
        for (int end = at + header + payloadBytes; end < at + total; end++) {
            target[end] = 0;
        }
    }

    private static boolean isIpv4(long high, long low) {
        return high == 0 && low >>> 32 == IPV4_MAPPED;
    }
}
