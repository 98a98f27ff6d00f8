package io.convoke.protocols.turn;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is not an address on the public Internet: the special-purpose registries of RFC 6890, and multicast. Addresses
 * that embed others are judged by both.
 */
final class SpecialNetworks {
    private static final List<IpNetwork> IPV4 = networks(
            "0.0.0.0/8", // this network, unspecified
            "10.0.0.0/8", // private
            "100.64.0.0/10", // carrier-grade NAT
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local, clouds' metadata
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // 6to4 relays, withdrawn
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, broadcast

    /** All of IPv6 but these is unassigned, local, multicast or reserved: nothing a relay has to reach. */
    private static final List<IpNetwork> IPV6_PUBLIC = networks("2000::/3", "64:ff9b::/96");

    private static final List<IpNetwork> IPV6 = networks(
            "2001:2::/48", // benchmarks
            "2001:10::/28", // ORCHID, withdrawn
            "2001:20::/28", // ORCHIDv2
            "2001:30::/28", // drone identifiers
            "2001:db8::/32", // documentation
            "3ffe::/16", // 6bone, withdrawn
            "3fff::/20"); // documentation

    private SpecialNetworks() {}

    /** Whether the address, and each IPv4 address in it, is public. */
    static boolean arePublic(long high, long low) {
        if (TransportAddress.isIpv4(high, low)) {
            return isPublicIpv4((int) low);
        }
        return contain(IPV6_PUBLIC, high, low)
                && !contain(IPV6, high, low)
                && !EmbeddedIpv4.any(high, low, ip -> !isPublicIpv4(ip));
    }

    static boolean contain(List<IpNetwork> networks, long high, long low) {
        for (int i = 0; i < networks.size(); i++) {
            if (networks.get(i).contains(high, low)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPublicIpv4(int ip) {
        return !contain(IPV4, 0, TransportAddress.ipv4(ip, 0).low());
    }

    private static List<IpNetwork> networks(String... texts) {
        return Stream.of(texts).map(IpNetwork::parse).toList();
    }
}
