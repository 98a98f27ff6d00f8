package io.convoke.protocols.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Host candidates of a lite agent as SDP attribute values (RFC 8445 §5.1, RFC 8839 §5.1). */
public final class IceCandidates {
    private static final int HOST_PREFERENCE = 126;
    private static final int COMPONENT = 1;
    private static final int MAX_LOCAL_PREFERENCE = 65_535;

    private IceCandidates() {}

    /**
     * One value per address, {@code candidate:1 1 udp 2130706431 192.0.2.1 5000 typ host}, without the leading {@code
     * a=}. The first address is preferred; addresses of one host share their foundation.
     *
     * @throws IllegalArgumentException for an address that is not resolved
     */
    public static List<String> hostLines(List<InetSocketAddress> addresses) {
        List<InetAddress> hosts = new ArrayList<>();
        List<String> lines = new ArrayList<>(addresses.size());
        for (InetSocketAddress address : addresses) {
            InetAddress host = address.getAddress();
            if (host == null) {
                throw new IllegalArgumentException("Expected a resolved address, but got a name");
            }
            if (!hosts.contains(host)) {
                hosts.add(host);
            }
            lines.add("candidate:" + (hosts.indexOf(host) + 1) + " " + COMPONENT + " udp "
                    + hostPriority(MAX_LOCAL_PREFERENCE - lines.size()) + " " + text(host) + " " + address.getPort()
                    + " typ host");
        }
        return List.copyOf(lines);
    }

    /** Priority of a host candidate of component 1 (§5.1.2.1), for a local preference of 0..65535. */
    public static long hostPriority(int localPreference) {
        return ((long) HOST_PREFERENCE << 24) | ((long) localPreference << 8) | (256 - COMPONENT);
    }

    private static String text(InetAddress host) {
        String text = host.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }
}
