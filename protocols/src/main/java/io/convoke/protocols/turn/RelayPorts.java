package io.convoke.protocols.turn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An allocation's ports, at most one for each family, each with its own end (RFC 8656 §8: a family can be refreshed alone). */
final class RelayPorts {
    private @Nullable RelayPort ipv4;
    private @Nullable RelayPort ipv6;
    private long ipv4EndsNanos;
    private long ipv6EndsNanos;
    private List<RelayPort> all = List.of();

    List<RelayPort> all() {
        return all;
    }

    @Nullable
    RelayPort get(AddressFamily family) {
        return family == AddressFamily.IPV4 ? ipv4 : ipv6;
    }

    void put(AddressFamily family, @Nullable RelayPort port) {
        if (family == AddressFamily.IPV4) {
            ipv4 = port;
        } else {
            ipv6 = port;
        }
        RelayPort first = ipv4;
        RelayPort second = ipv6;
        if (first == null) {
            all = second == null ? List.of() : List.of(second);
        } else {
            all = second == null ? List.of(first) : List.of(first, second);
        }
    }

    void endAt(AddressFamily family, long nanos) {
        if (family == AddressFamily.IPV4) {
            ipv4EndsNanos = nanos;
        } else {
            ipv6EndsNanos = nanos;
        }
    }

    long endsNanos(AddressFamily family) {
        return family == AddressFamily.IPV4 ? ipv4EndsNanos : ipv6EndsNanos;
    }

    /** When the last of them ends. */
    long lastNanos() {
        if (ipv4 == null || ipv6 == null) {
            return ipv4 == null ? ipv6EndsNanos : ipv4EndsNanos;
        }
        return ipv4EndsNanos - ipv6EndsNanos > 0 ? ipv4EndsNanos : ipv6EndsNanos;
    }

    /** When the first of them ends. */
    long firstNanos() {
        if (ipv4 == null || ipv6 == null) {
            return lastNanos();
        }
        return ipv4EndsNanos - ipv6EndsNanos < 0 ? ipv4EndsNanos : ipv6EndsNanos;
    }
}
