package io.convoke.protocols.stun;

import io.convoke.protocols.wire.BigEndian;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * The value of MAPPED-ADDRESS and XOR-MAPPED-ADDRESS (RFC 8489 §14.1, §14.2): zero, family (1 IPv4, 2 IPv6), port,
 * address; in the second port and address XORed with the magic cookie and the transaction id that follows it.
 *
 * <p>An address is two numbers, the halves of an IPv6 address; IPv4 is its mapped form {@code ::ffff:a.b.c.d}.
 */
final class StunAddress {
    static final int FAMILY_IPV4 = 1;
    static final int FAMILY_IPV6 = 2;
    static final int IPV4_BYTES = 8;
    static final int IPV6_BYTES = 20;
    private static final long IPV4_MAPPED = 0xFFFFL << 32;

    private StunAddress() {}

    static boolean isIpv4(long high, long low) {
        return high == 0 && low >>> 32 == 0xFFFF;
    }

    static int bytes(long high, long low) {
        return isIpv4(high, low) ? IPV4_BYTES : IPV6_BYTES;
    }

    /** @param mask cookie and transaction id, 16 bytes starting at maskAt; all zero for MAPPED-ADDRESS */
    static void encode(byte[] out, int at, long high, long low, int port, byte[] mask, int maskAt) {
        boolean ipv4 = isIpv4(high, low);
        BigEndian.put16(out, at, ipv4 ? FAMILY_IPV4 : FAMILY_IPV6);
        BigEndian.put16(out, at + 2, port ^ BigEndian.u16(mask, maskAt));
        if (ipv4) {
            BigEndian.put32(out, at + 4, (int) low ^ BigEndian.i32(mask, maskAt));
        } else {
            BigEndian.put64(out, at + 4, high ^ BigEndian.i64(mask, maskAt));
            BigEndian.put64(out, at + 12, low ^ BigEndian.i64(mask, maskAt + 8));
        }
    }

    /** The family's number, 0 if the value is no address of a known family. */
    static int family(byte[] value, int at, int length) {
        if (length == IPV4_BYTES && value[at + 1] == FAMILY_IPV4) {
            return FAMILY_IPV4;
        }
        return length == IPV6_BYTES && value[at + 1] == FAMILY_IPV6 ? FAMILY_IPV6 : 0;
    }

    static long high(byte[] value, int at, int family, byte[] mask, int maskAt) {
        return family == FAMILY_IPV4 ? 0 : BigEndian.i64(value, at + 4) ^ BigEndian.i64(mask, maskAt);
    }

    static long low(byte[] value, int at, int family, byte[] mask, int maskAt) {
        return family == FAMILY_IPV4
                ? IPV4_MAPPED | ((BigEndian.i32(value, at + 4) ^ BigEndian.i32(mask, maskAt)) & 0xFFFF_FFFFL)
                : BigEndian.i64(value, at + 12) ^ BigEndian.i64(mask, maskAt + 8);
    }

    static long high(InetSocketAddress address) {
        byte[] raw = raw(address);
        return raw.length == 4 ? 0 : BigEndian.i64(raw, 0);
    }

    static long low(InetSocketAddress address) {
        byte[] raw = raw(address);
        return raw.length == 4 ? IPV4_MAPPED | BigEndian.u32(raw, 0) : BigEndian.i64(raw, 8);
    }

    static @Nullable InetSocketAddress socketAddress(long high, long low, int port) {
        byte[] raw = new byte[isIpv4(high, low) ? 4 : 16];
        if (raw.length == 4) {
            BigEndian.put32(raw, 0, (int) low);
        } else {
            BigEndian.put64(raw, 0, high);
            BigEndian.put64(raw, 8, low);
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(raw), port);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static byte[] raw(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        if (ip == null) {
            throw new IllegalArgumentException("Expected a resolved address, but got a name");
        }
        return ip.getAddress();
    }
}
