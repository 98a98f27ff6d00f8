package io.convoke.protocols.stun;

import io.convoke.protocols.wire.BigEndian;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * The value of XOR-MAPPED-ADDRESS (RFC 8489 §14.2): zero, family (1 IPv4, 2 IPv6), port, address; port and address
 * XORed with the magic cookie and the transaction id that follows it.
 */
final class StunAddress {
    private static final int FAMILY_IPV4 = 1;
    private static final int FAMILY_IPV6 = 2;
    private static final int FIXED_BYTES = 4;

    private StunAddress() {}

    /** @param mask cookie and transaction id, 16 bytes starting at maskAt */
    static byte[] encode(InetSocketAddress address, byte[] mask, int maskAt) {
        InetAddress ip = address.getAddress();
        if (ip == null) {
            throw new IllegalArgumentException("Expected a resolved address, but got a name");
        }
        byte[] raw = ip.getAddress();
        byte[] value = new byte[FIXED_BYTES + raw.length];
        value[1] = (byte) (raw.length == 4 ? FAMILY_IPV4 : FAMILY_IPV6);
        BigEndian.put16(value, 2, address.getPort() ^ BigEndian.u16(mask, maskAt));
        for (int i = 0; i < raw.length; i++) {
            value[FIXED_BYTES + i] = (byte) (raw[i] ^ mask[maskAt + i]);
        }
        return value;
    }

    static @Nullable InetSocketAddress decode(byte[] value, byte[] mask, int maskAt) {
        boolean ipv4 = value.length == FIXED_BYTES + 4 && value[1] == FAMILY_IPV4;
        boolean ipv6 = value.length == FIXED_BYTES + 16 && value[1] == FAMILY_IPV6;
        if (!ipv4 && !ipv6) {
            return null;
        }
        byte[] raw = new byte[value.length - FIXED_BYTES];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (byte) (value[FIXED_BYTES + i] ^ mask[maskAt + i]);
        }
        int port = BigEndian.u16(value, 2) ^ BigEndian.u16(mask, maskAt);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(raw), port);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
