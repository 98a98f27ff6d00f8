package io.convoke.media.tcp;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts connections, in all and by source: an IPv4 address, or the first 64 bits of an IPv6 one. Safe from any thread. */
public final class Census {
    /** Where a connection comes from, for counting. */
    private record Source(long bits, int length) {}

    private static final int IPV6_NETWORK_BYTES = 8;

    private final int max;
    private final int maxPerSource;
    private final AtomicInteger all = new AtomicInteger();
    private final ConcurrentHashMap<Source, Integer> sources = new ConcurrentHashMap<>();

    public Census(int max, int maxPerSource) {
        this.max = max;
        this.maxPerSource = maxPerSource;
    }

    /** Whether there is room; if so, {@link #leave} has to follow. */
    public boolean enter(InetAddress address) {
        if (all.incrementAndGet() > max) {
            all.decrementAndGet();
            return false;
        }
        if (sources.merge(source(address), 1, Integer::sum) > maxPerSource) {
            leave(address);
            return false;
        }
        return true;
    }

    public void leave(InetAddress address) {
        all.decrementAndGet();
        sources.computeIfPresent(source(address), (source, count) -> count == 1 ? null : count - 1);
    }

    public int count() {
        return all.get();
    }

    private static Source source(InetAddress address) {
        byte[] bytes = address.getAddress();
        byte[] network = Arrays.copyOf(bytes, Math.min(bytes.length, IPV6_NETWORK_BYTES));
        long bits = 0;
        for (byte octet : network) {
            bits = (bits << 8) | (octet & 0xFF);
        }
        return new Source(bits, bytes.length);
    }
}
