package io.convoke.actors.relay;

import io.convoke.protocols.turn.LiveRelays;
import io.convoke.protocols.turn.TransportAddress;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What the relay's clients hold at this moment. Thread-safe. */
final class RelayedAddresses implements LiveRelays {
    private final ConcurrentMap<TransportAddress, Boolean> addresses = new ConcurrentHashMap<>();
    private final ConcurrentMap<TransportAddress, Integer> ips = new ConcurrentHashMap<>();

    void add(List<TransportAddress> relayed) {
        for (TransportAddress address : relayed) {
            if (addresses.put(address, Boolean.TRUE) == null) {
                ips.merge(address.withPort(0), 1, Integer::sum);
            }
        }
    }

    void remove(List<TransportAddress> relayed) {
        for (TransportAddress address : relayed) {
            if (addresses.remove(address) != null) {
                ips.computeIfPresent(address.withPort(0), (ip, count) -> count == 1 ? null : count - 1);
            }
        }
    }

    void clear() {
        addresses.clear();
        ips.clear();
    }

    @Override
    public boolean hasIp(long high, long low) {
        return ips.containsKey(new TransportAddress(high, low, 0));
    }

    @Override
    public boolean isLive(long high, long low, int port) {
        return addresses.containsKey(new TransportAddress(high, low, port));
    }
}
