package io.convoke.media;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Machines without IPv6, such as many containers, run the tests of IPv4 only. */
public final class Ipv6 {
    private Ipv6() {}

    /** Skips the test where the address is an IPv6 one that cannot be bound to here. */
    public static void requireFor(InetAddress address) {
        assumeTrue(
                !(address instanceof Inet6Address) || canBind(address),
                "this machine has no " + address.getHostAddress());
    }

    private static boolean canBind(InetAddress address) {
        try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(address, 0))) {
            return probe.isBound();
        } catch (IOException none) {
            return false;
        }
    }
}
