package io.convoke.protocols.turn;

import org.jspecify.annotations.Nullable;

/**
 * The secrets that nonces are made with, shared by the shards of a server: the one in use and the one before it, whose
 * nonces are taken until they expire or the keys change again. Thread-safe.
 */
public final class NonceKeys {
    private static final int LEAST_BYTES = 16;

    /** Both change at once. */
    private static final class Keys {
        private final int generation;
        private final byte[] current;
        private final byte @Nullable [] previous;

        Keys(int generation, byte[] current, byte @Nullable [] previous) {
            this.generation = generation;
            this.current = current;
            this.previous = previous;
        }
    }

    private volatile Keys keys;

    /** @param key random, at least 16 bytes */
    public NonceKeys(byte[] key) {
        keys = new Keys(0, checked(key), null);
    }

    /**
     * From now on nonces are made with this key.
     *
     * @param key random, at least 16 bytes
     */
    public synchronized void rotate(byte[] key) {
        keys = new Keys((keys.generation + 1) & 0xFF, checked(key), keys.current);
    }

    /** Number of the key in use, 0..255; a nonce carries it. */
    int generation() {
        return keys.generation;
    }

    /** The key of that number; null if it is neither in use nor the one before. */
    byte @Nullable [] key(int generation) {
        Keys now = keys;
        if (generation == now.generation) {
            return now.current;
        }
        return generation == ((now.generation - 1) & 0xFF) ? now.previous : null;
    }

    @Override
    public String toString() {
        return "NonceKeys[generation=" + generation() + "]";
    }

    private static byte[] checked(byte[] key) {
        if (key.length < LEAST_BYTES) {
            throw new IllegalArgumentException("Expected a key of at least 16 bytes, but got " + key.length);
        }
        return key.clone();
    }
}
