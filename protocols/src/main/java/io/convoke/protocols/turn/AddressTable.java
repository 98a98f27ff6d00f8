package io.convoke.protocols.turn;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * IP address and port → value, by open addressing with linear probing. Keys are the numbers of
 * {@link TransportAddress}, so that both forms of an IPv4 address meet; looking up by numbers allocates nothing, and by
 * socket address nothing for IPv4. Not thread-safe.
 */
public final class AddressTable<V> {
    private static final int LEAST_CAPACITY = 64;

    private long[] high;
    private long[] low;
    private int[] port;
    private @Nullable Object[] values;
    private int size;

    public AddressTable() {
        this(LEAST_CAPACITY);
    }

    /** @param capacity places to begin with, filled at most by half before it grows; a power of two */
    public AddressTable(int capacity) {
        if (Integer.bitCount(capacity) != 1 || capacity < 2) {
            throw new IllegalArgumentException("Expected a power of two, but got " + capacity);
        }
        high = new long[capacity];
        low = new long[capacity];
        port = new int[capacity];
        values = new @Nullable Object[capacity];
    }

    public int size() {
        return size;
    }

    public @Nullable V get(long addressHigh, long addressLow, int addressPort) {
        return value(values[slot(addressHigh, addressLow, addressPort)]);
    }

    public @Nullable V get(TransportAddress address) {
        return get(address.high(), address.low(), address.port());
    }

    public @Nullable V get(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        return get(TransportAddress.high(ip), TransportAddress.low(ip), address.getPort());
    }

    /** The value that stood there before, or null. */
    public @Nullable V put(long addressHigh, long addressLow, int addressPort, V value) {
        if ((size + 1) * 2 > values.length) {
            grow();
        }
        return place(addressHigh, addressLow, addressPort, value);
    }

    /** The value that stood there before, or null. */
    public @Nullable V put(TransportAddress address, V value) {
        return put(address.high(), address.low(), address.port(), value);
    }

    /** The value that stood there before, or null. */
    public @Nullable V put(InetSocketAddress address, V value) {
        InetAddress ip = address.getAddress();
        return put(TransportAddress.high(ip), TransportAddress.low(ip), address.getPort(), value);
    }

    /** The value that stood there, or null. */
    public @Nullable V remove(long addressHigh, long addressLow, int addressPort) {
        int slot = slot(addressHigh, addressLow, addressPort);
        V value = value(values[slot]);
        if (value != null) {
            close(slot);
        }
        return value;
    }

    /** The value that stood there, or null. */
    public @Nullable V remove(TransportAddress address) {
        return remove(address.high(), address.low(), address.port());
    }

    /** Removes the address if that very value stands there. */
    public boolean remove(InetSocketAddress address, V expected) {
        InetAddress ip = address.getAddress();
        int slot = slot(TransportAddress.high(ip), TransportAddress.low(ip), address.getPort());
        if (values[slot] != expected) {
            return false;
        }
        close(slot);
        return true;
    }

    /** Removes what the test is true for. It may see a value twice and must answer the same. */
    public void removeIf(Predicate<? super V> test) {
        for (int i = 0; i < values.length; ) {
            V value = value(values[i]);
            if (value != null && test.test(value)) {
                close(i); // what comes from behind into the hole is looked at next
            } else {
                i++;
            }
        }
    }

    /** In no order. The table must not be changed meanwhile. */
    public void forEach(Consumer<? super V> action) {
        for (Object raw : values) {
            V value = value(raw);
            if (value != null) {
                action.accept(value);
            }
        }
    }

    /** Empties one place; the entries behind close the hole, so that no tombstones pile up. */
    private void close(int slot) {
        int hole = slot;
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
}
