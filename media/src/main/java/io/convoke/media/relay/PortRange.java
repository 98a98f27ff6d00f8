package io.convoke.media.relay;

import io.convoke.protocols.turn.AddressFamily;
import io.convoke.protocols.turn.TransportAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Which relay ports of one address are taken, for all loops. Ports are drawn by lot, so that nobody guesses the next (RFC 8656 §7.2). Thread-safe. */
final class PortRange {
    /** None is left. */
    static final int NONE = -1;

    private static final int DRAWS = 8;

    private final RelayAddress address;
    private final int first;
    private final int last;
    private final BitSet taken = new BitSet();

    PortRange(RelayAddress address, int first, int last) {
        this.address = address;
        this.first = first;
        this.last = last;
    }

    /** The one of that family, at that address if there is one; null: none. */
    static @Nullable PortRange best(List<PortRange> ranges, AddressFamily family, InetAddress local) {
        PortRange found = null;
        for (PortRange range : ranges) {
            InetAddress own = range.address().local();
            boolean fits = AddressFamily.of(TransportAddress.of(new InetSocketAddress(own, 0))) == family;
            if (fits && (found == null || own.equals(local))) {
                found = range;
            }
        }
        return found;
    }

    RelayAddress address() {
        return address;
    }

    /** Takes a port. */
    synchronized int take(RandomGenerator random, boolean even) {
        for (int draw = 0; draw < DRAWS; draw++) {
            int port = drawn(random, even);
            if (port <= last && !taken.get(port)) {
                taken.set(port);
                return port;
            }
        }
        int step = even ? 2 : 1;
        int begin = drawn(random, even);
        int port = free(begin, last, step);
        if (port == NONE) {
            port = free(even ? first + (first & 1) : first, begin - 1, step);
        }
        if (port != NONE) {
            taken.set(port);
        }
        return port;
    }

    /** Takes an even port and the one behind it; the even one is returned. */
    synchronized int takePair(RandomGenerator random) {
        int lowest = first + (first & 1);
        int begin = drawn(random, true);
        for (int i = 0; i <= last - first; i += 2) {
            int port = begin + i;
            if (port > last) {
                port = lowest + (port - lowest) % Math.max(2, (last - lowest + 2) & ~1);
            }
            if (port + 1 <= last && !taken.get(port) && !taken.get(port + 1)) {
                taken.set(port, port + 2);
                return port;
            }
        }
        return NONE;
    }

    /** Gives a port back. */
    synchronized void free(int port) {
        taken.clear(port);
    }

    /** Ports there are in all. */
    int size() {
        return last - first + 1;
    }

    private int drawn(RandomGenerator random, boolean even) {
        int port = first + random.nextInt(last - first + 1);
        return even ? port + (port & 1) : port;
    }

    private int free(int from, int to, int step) {
        for (int port = from; port <= to; port += step) {
            if (!taken.get(port)) {
                return port;
            }
        }
        return NONE;
    }
}
