package io.convoke.protocols.srtp;

import io.convoke.protocols.wire.BigEndian;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * HMAC-SHA1 cut to 80 bits over a packet and, for RTP, its rollover counter (RFC 3711 §4.2.1). Made of the JDK's SHA-1 (RFC 2104 §2), whose result
 * can be had without allocating; that of its HMAC cannot.
 */
final class Sha1Tag {
    static final int TAG_BYTES = 10;
    static final int KEY_BYTES = 20;
    private static final int HASH_BYTES = 20;
    private static final int BLOCK_BYTES = 64;
    private static final int ROC_BYTES = 4;

    private final MessageDigest sha1;
    private final byte[] innerPad = new byte[BLOCK_BYTES];
    private final byte[] outerPad = new byte[BLOCK_BYTES];
    private final byte[] hash = new byte[HASH_BYTES];
    private final byte[] roc = new byte[ROC_BYTES];

    Sha1Tag(byte[] sessionKey) {
        if (sessionKey.length != KEY_BYTES) {
            throw new IllegalArgumentException("Expected a key of 20 bytes, but got " + sessionKey.length);
        }
        Arrays.fill(innerPad, (byte) 0x36);
        Arrays.fill(outerPad, (byte) 0x5c);
        for (int i = 0; i < KEY_BYTES; i++) {
            innerPad[i] ^= sessionKey[i];
            outerPad[i] ^= sessionKey[i];
        }
        try {
            sha1 = MessageDigest.getInstance("SHA-1", "SUN");
        } catch (GeneralSecurityException e) {
            throw SunJce.missing(e);
        }
        sha1.update(innerPad);
    }

    /** Adds the rollover counter behind the packet; call it after {@link #update}. */
    void updateRollover(long index) {
        BigEndian.put32(roc, 0, (int) (index >>> 16));
        sha1.update(roc, 0, ROC_BYTES);
    }

    void update(byte[] bytes, int offset, int length) {
        sha1.update(bytes, offset, length);
    }

    /** Writes the tag of what was added and starts over. */
    void write(byte[] out, int outOffset) {
        finish();
        System.arraycopy(hash, 0, out, outOffset, TAG_BYTES);
    }

    /** Compares the tag of what was added in constant time and starts over. */
    boolean holds(byte[] bytes, int offset) {
        finish();
        int difference = 0;
        for (int i = 0; i < TAG_BYTES; i++) {
            difference |= hash[i] ^ bytes[offset + i];
        }
        return difference == 0;
    }

    private void finish() {
        try {
            sha1.digest(hash, 0, HASH_BYTES);
            sha1.update(outerPad, 0, BLOCK_BYTES);
            sha1.update(hash, 0, HASH_BYTES);
            sha1.digest(hash, 0, HASH_BYTES);
            sha1.update(innerPad, 0, BLOCK_BYTES);
        } catch (GeneralSecurityException e) {
            throw SunJce.missing(e);
        }
    }
}
