package io.convoke.protocols.srtp;

/**
 * The universal hash of GCM under one key (NIST SP 800-38D §6.4), whole blocks at a time. Takes the same time whatever key and data are. Not
 * thread-safe.
 */
interface Ghash {
    int BLOCK_BYTES = 16;

    /** A hash under the key {@code subkey}, 16 bytes: AES of sixteen zeros. The fastest there is on this JDK. */
    static Ghash of(byte[] subkey) {
        return JdkGhash.available() ? new JdkGhash(subkey) : new JavaGhash(subkey);
    }

    /** Begins anew. */
    void reset();

    /** Adds {@code length} bytes, a multiple of 16. */
    void update(byte[] data, int offset, int length);

    /** The first eight bytes of the hash of what was added, in network order. */
    long high();

    /** Its last eight bytes. */
    long low();
}
