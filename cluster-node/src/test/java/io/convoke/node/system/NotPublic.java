package io.convoke.node.system;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;

/** Addresses that nobody outside has any business with, one of each kind at least, and the ends of a range where there is one. */
final class NotPublic {
    static final List<String> ADDRESSES = List.of(
            // RFC 1122: this host on this network
            "0.0.0.0",
            "0.1.2.3",
            "0.255.255.255",
            // loopback
            "127.0.0.1",
            "127.0.0.2",
            "127.255.255.254",
            // RFC 1918
            "10.0.0.1",
            "10.99.0.1",
            "10.255.255.255",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.0.1",
            "192.168.255.255",
            // carrier-grade NAT, RFC 6598
            "100.64.0.1",
            "100.127.255.255",
            // link-local, among it what clouds answer secrets at
            "169.254.0.1",
            "169.254.169.254",
            // protocol assignments, documentation, 6to4 relays, benchmarks
            "192.0.0.1",
            "192.0.0.170",
            "192.0.2.1",
            "198.51.100.1",
            "203.0.113.1",
            "192.88.99.1",
            "198.18.0.1",
            "198.19.255.255",
            // multicast, reserved, broadcast
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.254",
            "255.255.255.255",
            // unspecified, loopback, link-local, site-local, unique local, multicast
            "::",
            "::1",
            "fe80::1",
            "febf::1",
            "fec0::1",
            "fc00::1",
            "fd12:3456:789a::1",
            "ff02::1",
            "ff0e::1",
            // discard-only, benchmarks, ORCHID, documentation
            "100::1",
            "2001:2::1",
            "2001:20::1",
            "2001:db8::1",
            "3fff::1",
            // IPv4-mapped, IPv4-compatible, IPv4-translated (RFC 2765)
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "::ffff:0.0.0.0",
            "::ffff:224.0.0.1",
            "::127.0.0.1",
            "::10.0.0.1",
            "::169.254.169.254",
            "::ffff:0:127.0.0.1",
            "::ffff:0:10.0.0.1",
            // 6to4 of 127.0.0.1, 10.0.0.1, 192.168.0.1, 169.254.169.254
            "2002:7f00:1::1",
            "2002:a00:1::1",
            "2002:c0a8:1::1",
            "2002:a9fe:a9fe::1",
            // Teredo: client 127.0.0.1 and 10.0.0.1 with all bits turned; server 10.0.0.1
            "2001:0:4136:e378:8000:63bf:80ff:fffe",
            "2001:0:4136:e378:8000:63bf:f5ff:fffe",
            "2001:0:a00:1:8000:63bf:3fff:fdd2",
            // NAT64, well-known and local prefix: 127.0.0.1, 10.0.0.1, 192.168.0.1, 169.254.169.254
            "64:ff9b::7f00:1",
            "64:ff9b::a00:1",
            "64:ff9b::c0a8:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::7f00:1",
            "64:ff9b:1::a00:1");

    private NotPublic() {}

    /** Of the family that it is written in: the JDK would read an IPv4-mapped address as IPv4. */
    static InetSocketAddress address(String text, int port) {
        try {
            if (text.startsWith("::ffff:") && text.contains(".") && !text.startsWith("::ffff:0:")) {
                byte[] ipv4 = InetAddress.getByName(text.substring("::ffff:".length()))
                        .getAddress();
                byte[] ipv6 = ByteBuffer.allocate(16)
                        .putShort(10, (short) 0xFFFF)
                        .put(12, ipv4)
                        .array();
                return new InetSocketAddress(Inet6Address.getByAddress(null, ipv6, -1), port);
            }
            InetAddress address = InetAddress.getByName(text);
            if (text.contains(":") && address.getAddress().length == 4) {
                throw new IllegalArgumentException(text);
            }
            return new InetSocketAddress(address, port);
        } catch (UnknownHostException failure) {
            throw new IllegalArgumentException(text, failure);
        }
    }
}
