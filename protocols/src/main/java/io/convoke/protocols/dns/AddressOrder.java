package io.convoke.protocols.dns;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The order in which the addresses of one host are tried (RFC 8305 §4, with a First Address Family Count of 1). */
public final class AddressOrder {
    private AddressOrder() {}

    /** IPv6 and IPv4 in turns, IPv6 first; each family in the order given. */
    public static List<InetAddress> interleaved(List<InetAddress> ipv6, List<InetAddress> ipv4) {
        List<InetAddress> order = new ArrayList<>();
        Iterator<InetAddress> six = ipv6.iterator();
        Iterator<InetAddress> four = ipv4.iterator();
        while (six.hasNext() || four.hasNext()) {
            if (six.hasNext()) {
                order.add(six.next());
            }
            if (four.hasNext()) {
                order.add(four.next());
            }
        }
        return order;
    }
}
