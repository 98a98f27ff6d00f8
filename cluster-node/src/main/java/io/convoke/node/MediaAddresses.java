package io.convoke.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which of the machine's addresses take media. */
final class MediaAddresses {
    /** More candidates than this only make every browser's checks longer. */
    private static final int MOST = 8;

    private MediaAddresses() {}

    /** The configured ones; without any, the machine's own and 127.0.0.1, which comes last. */
    static List<InetAddress> of(List<String> configured) throws StartFailure {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        try {
            for (String text : configured) {
                addresses.add(InetAddress.getByName(text));
            }
            if (configured.isEmpty()) {
                addresses.addAll(ofThisMachine());
                addresses.add(InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1}));
            }
        } catch (UnknownHostException failure) {
            throw new StartFailure(
                    "convoke.media.addresses: expected addresses of this machine, but " + failure.getMessage()
                            + " is none.",
                    failure);
        } catch (IOException failure) {
            throw new StartFailure(
                    "The machine's addresses cannot be listed (" + failure.getMessage()
                            + "). Name them in convoke.media.addresses.",
                    failure);
        }
        return List.copyOf(addresses);
    }

    /** Where this machine speaks IPv6 to itself at least: ::1. */
    static Optional<InetAddress> ipv6Loopback() {
        try {
            byte[] one = new byte[16];
            one[15] = 1;
            InetAddress loopback = InetAddress.getByAddress(one);
            return NetworkInterface.getByInetAddress(loopback) == null ? Optional.empty() : Optional.of(loopback);
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    private static List<InetAddress> ofThisMachine() throws IOException {
        List<InetAddress> found = new ArrayList<>();
        for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
            if (each.isUp() && !each.isLoopback()) {
                for (InetAddress address : each.inetAddresses().toList()) {
                    if (reachable(address)) {
                        // Without the interface's name, which Java adds to IPv6 addresses and nobody else understands.
                        found.add(InetAddress.getByAddress(address.getAddress()));
                    }
                }
            }
        }
        return found.subList(0, Math.min(MOST, found.size()));
    }

    private static boolean reachable(InetAddress address) {
        return !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isAnyLocalAddress()
                && !address.isMulticastAddress();
    }
}
