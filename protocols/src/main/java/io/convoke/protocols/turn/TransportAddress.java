package io.convoke.protocols.turn;

import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.wire.BigEndian;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * IP address and port, as numbers: high and low are the eight bytes each of an IPv6 address. IPv4 is kept as its mapped
 * form ({@code ::ffff:a.b.c.d}), so that both forms of one address are equal.
 *
 * @param port 0..65535
 */
public record TransportAddress(long high, long low, int port) {
    private static final long IPV4_MAPPED = 0xFFFFL << 32;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    /**
     * From the address of a socket.
     *
     * @throws IllegalArgumentException if it is a name that has not been looked up
     */
    public static TransportAddress of(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        if (ip == null) {
            throw new IllegalArgumentException("Expected a resolved address, but got a name");
        }
        return new TransportAddress(high(ip), low(ip), address.getPort());
    }

    /** From the first bytes of an array. */
    public static TransportAddress of(byte[] ip, int length, int port) {
        return of(ip, 0, length, port);
    }

    /**
     * From 4 or 16 bytes of an array.
     *
     * @throws IllegalArgumentException if length is another
     */
    public static TransportAddress of(byte[] bytes, int offset, int length, int port) {
        if (length == IPV4_BYTES) {
            return ipv4(BigEndian.i32(bytes, offset), port);
        }
        if (length != IPV6_BYTES) {
            throw new IllegalArgumentException("Expected an IP address of 4 or 16 bytes, but got " + length);
        }
        return new TransportAddress(BigEndian.i64(bytes, offset), BigEndian.i64(bytes, offset + 8), port);
    }

    /** From a literal such as {@code 192.0.2.1} or {@code 2001:db8::1}; null if it is none. Looks up no name. */
    public static @Nullable TransportAddress ofIp(String literal, int port) {
        TransportAddress address = IpText.parse(literal);
        return address == null ? null : address.withPort(port);
    }

    /** The XORed address at a place in a message; null if the value is no address. */
    public static @Nullable TransportAddress at(StunMessage message, int place) {
        return message.family(place) == 0
                ? null
                : new TransportAddress(message.xorHigh(place), message.xorLow(place), message.xorPort(place));
    }

    /**
     * From an IPv4 address.
     *
     * @param ip the four bytes as one number, 192.0.2.1 being 0xC0000201
     */
    public static TransportAddress ipv4(int ip, int port) {
        return new TransportAddress(0, IPV4_MAPPED | (ip & 0xFFFF_FFFFL), port);
    }

    /** What {@link #high} would be; allocates nothing for IPv4. */
    public static long high(InetAddress ip) {
        return ip instanceof Inet4Address ? 0 : BigEndian.i64(ip.getAddress(), 0);
    }

    /** What {@link #low} would be. */
    public static long low(InetAddress ip) {
        byte[] bytes = ip.getAddress();
        return ip instanceof Inet4Address ? IPV4_MAPPED | BigEndian.u32(bytes, 0) : BigEndian.i64(bytes, 8);
    }

    /** Whether these are the halves of an IPv4 address in its mapped form. */
    public static boolean isIpv4(long high, long low) {
        return high == 0 && low >>> 32 == 0xFFFF;
    }

    /** Whether it is an IPv4 address, in whichever form it came. */
    public boolean isIpv4() {
        return isIpv4(high, low);
    }

    /** Whether the two differ in the port at most. */
    public boolean isSameIp(TransportAddress other) {
        return high == other.high && low == other.low;
    }

    public TransportAddress withPort(int other) {
        return new TransportAddress(high, low, other);
    }

    /** The address alone: 4 or 16 bytes, a new array. */
    public byte[] ipBytes() {
        byte[] bytes = new byte[isIpv4() ? IPV4_BYTES : IPV6_BYTES];
        if (bytes.length == IPV4_BYTES) {
            BigEndian.put32(bytes, 0, (int) low);
        } else {
            BigEndian.put64(bytes, 0, high);
            BigEndian.put64(bytes, 8, low);
        }
        return bytes;
    }

    /** Makes new objects; looks up no name. */
    public InetSocketAddress toSocketAddress() {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(ipBytes()), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Expected 4 or 16 bytes to be an address, but they are not", e);
        }
    }

    /** {@code 192.0.2.1:3478} or {@code [2001:db8::1]:3478} (RFC 5952). */
    @Override
    public String toString() {
        return IpText.withPort(high, low, port);
    }
}
