package io.convoke.protocols.ice;

import java.net.InetSocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Addresses the peer has proved to receive at, each with the time of its last valid check. Bounded. */
final class ValidAddresses {
    /** More than any client uses at once; the one checked longest ago gives way. */
    static final int MAX = 16;

    private final @Nullable InetSocketAddress[] addresses = new @Nullable InetSocketAddress[MAX];
    private final long[] checkedAtNanos = new long[MAX];
    private final boolean[] nominated = new boolean[MAX];
    private int count;

    boolean contains(InetSocketAddress address) {
        return find(address) >= 0;
    }

    boolean isEmpty() {
        return count == 0;
    }

    void refresh(InetSocketAddress address, long nowNanos, @Nullable InetSocketAddress keep) {
        int at = find(address);
        if (at < 0) {
            at = count < MAX ? count++ : oldestBut(keep);
            addresses[at] = address;
            nominated[at] = false;
        }
        checkedAtNanos[at] = nowNanos;
    }

    /** Drops every address whose last check is at least this long ago. */
    void expire(long nowNanos, long timeoutNanos) {
        for (int i = count - 1; i >= 0; i--) {
            if (nowNanos - checkedAtNanos[i] >= timeoutNanos) {
                count--;
                addresses[i] = addresses[count];
                checkedAtNanos[i] = checkedAtNanos[count];
                nominated[i] = nominated[count];
                addresses[count] = null;
            }
        }
    }

    void clear() {
        Arrays.fill(addresses, null);
        count = 0;
    }

    /** Time of the oldest last check; call it only when there is an address. */
    long oldestNanos() {
        return checkedAtNanos[oldestBut(null)];
    }

    /** The peer wants to be sent to at this address, which is here. */
    void nominate(InetSocketAddress address) {
        nominated[find(address)] = true;
    }

    /** Of the nominated addresses the one checked last; null when there is none. */
    @Nullable
    InetSocketAddress latestNominated() {
        int latest = -1;
        for (int i = 0; i < count; i++) {
            if (nominated[i] && (latest < 0 || checkedAtNanos[i] - checkedAtNanos[latest] > 0)) {
                latest = i;
            }
        }
        return latest < 0 ? null : addresses[latest];
    }

    private int oldestBut(@Nullable InetSocketAddress keep) {
        int oldest = -1;
        for (int i = 0; i < count; i++) {
            boolean older = oldest < 0 || checkedAtNanos[i] - checkedAtNanos[oldest] < 0;
            InetSocketAddress address = addresses[i];
            if (older && (keep == null || !keep.equals(address))) {
                oldest = i;
            }
        }
        return oldest;
    }

    private int find(InetSocketAddress address) {
        for (int i = 0; i < count; i++) {
            if (address.equals(addresses[i])) {
                return i;
            }
        }
        return -1;
    }
}
