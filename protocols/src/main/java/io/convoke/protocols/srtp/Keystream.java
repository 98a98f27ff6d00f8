package io.convoke.protocols.srtp;

import io.convoke.protocols.wire.BigEndian;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES in counter mode under one key: the counter blocks of a packet in one array, encrypted in one call. The JDK's own counter mode and GCM
 * have to be initialized, and allocate, for each packet; the plain cipher is initialized once. Not thread-safe.
 */
final class Keystream {
    static final int BLOCK_BYTES = 16;
    private static final int MOST_BLOCKS_AT_FIRST = 132; // the longest datagram taken in, and GCM's first block

    private final Cipher aes;
    private byte[] counters = new byte[MOST_BLOCKS_AT_FIRST * BLOCK_BYTES];
    private byte[] stream = new byte[MOST_BLOCKS_AT_FIRST * BLOCK_BYTES];

    Keystream(byte[] key) {
        try {
            aes = Cipher.getInstance("AES/ECB/NoPadding", SunJce.PROVIDER);
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        } catch (GeneralSecurityException e) {
            throw SunJce.missing(e);
        }
    }

    /**
     * Encrypts this many counter blocks: {@code high | low}, {@code high | low + 1} and so on. What comes out stands at the start of
     * {@link #bytes} until the next call.
     */
    void make(long high, long low, int blocks) {
        int length = blocks * BLOCK_BYTES;
        if (length > counters.length) {
            counters = new byte[length];
            stream = new byte[length];
        }
        byte[] to = counters;
        for (int i = 0; i < blocks; i++) {
            BigEndian.put64(to, i * BLOCK_BYTES, high);
            BigEndian.put64(to, i * BLOCK_BYTES + 8, low + i);
        }
        try {
            aes.update(to, 0, length, stream, 0);
        } catch (GeneralSecurityException e) {
            throw SunJce.missing(e);
        }
    }

    byte[] bytes() {
        return stream;
    }

    /** XORs the key stream from {@code streamOffset} on to the input. {@code in} and {@code out} are the same place, or do not overlap. */
    void xor(int streamOffset, byte[] in, int offset, int length, byte[] out, int outOffset) {
        byte[] key = stream;
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            BigEndian.put64(out, outOffset + i, BigEndian.i64(in, offset + i) ^ BigEndian.i64(key, streamOffset + i));
        }
        for (; i < length; i++) {
            out[outOffset + i] = (byte) (in[offset + i] ^ key[streamOffset + i]);
        }
    }

    /** How many blocks hold this many bytes. */
    static int blocks(int lengthBytes) {
        return (lengthBytes + BLOCK_BYTES - 1) / BLOCK_BYTES;
    }
}
