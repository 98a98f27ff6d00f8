package io.convoke.protocols.turn;

import java.util.function.IntPredicate;

/** IPv4 addresses that IPv6 addresses carry, for a translator or a tunnel on the way to send to. */
final class EmbeddedIpv4 {
    private static final long TEREDO = 0x20010000L;
    private static final long NAT64 = 0x0064_FF9B_0000_0000L;
    private static final long NAT64_LOCAL = 0x0064_FF9B_0001L;
    private static final long TRANSLATED = 0xFFFF_0000L;

    private EmbeddedIpv4() {}

    /** Whether the test is true for one of them. An IPv4 address, mapped or not, embeds none. */
    static boolean any(long high, long low, IntPredicate test) {
        if (high == 0) { // IPv4-compatible ::a.b.c.d and IPv4-translated ::ffff:0:a.b.c.d
            return (low >>> 32 == 0 || low >>> 32 == TRANSLATED) && test.test((int) low);
        }
        if (high >>> 48 == 0x2002) { // 6to4, RFC 3056
            return test.test((int) (high >>> 16));
        }
        if (high >>> 32 == TEREDO) { // RFC 4380: the server, and the client with all bits flipped
            return test.test((int) high) || test.test(~(int) low);
        }
        if (high == NAT64 && low >>> 32 == 0) { // RFC 6052 §2.1
            return test.test((int) low);
        }
        // RFC 8215: a prefix of 48, 56, 64 or 96 bits, RFC 6052 §2.2; bits 64 to 71 are skipped.
        return high >>> 16 == NAT64_LOCAL
                && (test.test((int) (high << 16 | (low >>> 40 & 0xFFFF)))
                        || test.test((int) (high << 24 | (low >>> 32 & 0xFF_FFFF)))
                        || test.test((int) (low >>> 24))
                        || test.test((int) low));
    }
}
