package io.convoke.media.sfu;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Remote address and port → value, by open addressing with linear probing; looking up allocates nothing for IPv4. Keys are packed: IPv4
 * as its mapped IPv6 form ({@code ::ffff:a.b.c.d}), so that both forms of one address meet. Not thread-safe.
 */
final class AddressTable<V> {
    private static final long IPV4_MAPPED = 0xFFFFL << 32;
    private static final int LEAST_CAPACITY = 64;

    private long[] high = new long[LEAST_CAPACITY];
    private long[] low = new long[LEAST_CAPACITY];
    private int[] port = new int[LEAST_CAPACITY];
    private @Nullable Object[] values = new @Nullable Object[LEAST_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    @Nullable
    V get(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        return value(values[slot(high(ip), low(ip), address.getPort())]);
    }

    /** The value that stood there before, or null. */
    @Nullable
    V put(InetSocketAddress address, V value) {
        if ((size + 1) * 2 > values.length) {
            grow();
        }
        InetAddress ip = address.getAddress();
        return place(high(ip), low(ip), address.getPort(), value);
    }

    /** Removes the address if that value stands there; the entries behind close the hole, so that no tombstones pile up. */
    boolean remove(InetSocketAddress address, V expected) {
        InetAddress ip = address.getAddress();
        int hole = slot(high(ip), low(ip), address.getPort());
        if (values[hole] != expected) {
            return false;
        }
        int mask = values.length - 1;
        for (int i = (hole + 1) & mask; values[i] != null; i = (i + 1) & mask) {
            int home = hash(high[i], low[i], port[i]) & mask;
            if (((i - home) & mask) >= ((i - hole) & mask)) {
                high[hole] = high[i];
                low[hole] = low[i];
                port[hole] = port[i];
                values[hole] = values[i];
                hole = i;
            }
        }
        values[hole] = null;
        size--;
        return true;
    }

    private @Nullable V place(long h, long l, int p, V value) {
        int slot = slot(h, l, p);
        V before = value(values[slot]);
        if (before == null) {
            high[slot] = h;
            low[slot] = l;
            port[slot] = p;
            size++;
        }
        values[slot] = value;
        return before;
    }

    /** Where the key stands, or the free place where it would. */
    private int slot(long h, long l, int p) {
        int mask = values.length - 1;
        int slot = hash(h, l, p) & mask;
        while (values[slot] != null && (low[slot] != l || port[slot] != p || high[slot] != h)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldHigh = high;
        long[] oldLow = low;
        int[] oldPort = port;
        @Nullable Object[] oldValues = values;
        int capacity = oldValues.length * 2;
        high = new long[capacity];
        low = new long[capacity];
        port = new int[capacity];
        values = new @Nullable Object[capacity];
        size = 0;
        for (int i = 0; i < oldValues.length; i++) {
            V value = value(oldValues[i]);
            if (value != null) {
                place(oldHigh[i], oldLow[i], oldPort[i], value);
            }
        }
    }

    @SuppressWarnings("unchecked") // only put() fills the array
    private @Nullable V value(@Nullable Object raw) {
        return (V) raw;
    }

    private static int hash(long h, long l, int p) {
        long mixed = (l ^ Long.rotateLeft(h, 31) ^ ((long) p << 40)) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) ^ (int) (mixed >>> 47);
    }

    private static long high(InetAddress ip) {
        return ip instanceof Inet4Address ? 0 : eight(ip.getAddress(), 0);
    }

    private static long low(InetAddress ip) {
        byte[] bytes = ip.getAddress();
        return ip instanceof Inet4Address ? IPV4_MAPPED | (four(bytes, 0) & 0xFFFFFFFFL) : eight(bytes, 8);
    }

    private static long eight(byte[] b, int o) {
        return (long) four(b, o) << 32 | (four(b, o + 4) & 0xFFFFFFFFL);
    }

    private static int four(byte[] b, int o) {
        return b[o] << 24 | (b[o + 1] & 0xFF) << 16 | (b[o + 2] & 0xFF) << 8 | (b[o + 3] & 0xFF);
    }
}
