package io.convoke.protocols.srtp;

import io.convoke.protocols.wire.BigEndian;
import java.util.Arrays;
import java.util.function.Function;

/**
 * AES-GCM with the initialization vector of SRTP (RFC 7714 §8.1, §9.1): start, associated data, then seal or open. Made of the JDK's AES, which is
 * initialized once, and {@link Ghash}, so that a packet allocates nothing. Not thread-safe.
 */
final class GcmCipher {
    static final int TAG_BYTES = 16;
    private static final int BLOCK_BYTES = Keystream.BLOCK_BYTES;
    private static final int SALT_BYTES = 12;

    private final Keystream keystream;
    private final Ghash ghash;
    private final long saltHigh;
    private final int saltLow;
    private long ivHigh;
    private int ivLow;
    /** What is hashed: associated data, ciphertext, each filled up with zeros to whole blocks, and their lengths in bits. */
    private byte[] hashed = new byte[2304];

    private int associatedBytes;

    GcmCipher(byte[] sessionKey, byte[] sessionSalt) {
        this(sessionKey, sessionSalt, Ghash::of);
    }

    /** With a certain {@link Ghash}, made from its key. */
    GcmCipher(byte[] sessionKey, byte[] sessionSalt, Function<byte[], Ghash> hash) {
        if (sessionSalt.length != SALT_BYTES) {
            throw new IllegalArgumentException("Expected a salt of 12 bytes, but got " + sessionSalt.length);
        }
        keystream = new Keystream(sessionKey);
        keystream.make(0, 0, 1);
        ghash = hash.apply(Arrays.copyOf(keystream.bytes(), BLOCK_BYTES));
        saltHigh = BigEndian.i64(sessionSalt, 0);
        saltLow = BigEndian.i32(sessionSalt, 8);
    }

    /** Starts a packet. {@code index} fills the last six bytes of the vector: ROC and sequence, or the SRTCP index. */
    void start(int ssrc, long index) {
        ivHigh = saltHigh ^ ((ssrc & 0xFFFF_FFFFL) << 16 | (index >>> 32 & 0xFFFF));
        ivLow = saltLow ^ (int) index;
        associatedBytes = 0;
    }

    /** Adds to what is authenticated and not encrypted. */
    void associated(byte[] data, int offset, int length) {
        reserve(associatedBytes + length);
        System.arraycopy(data, offset, hashed, associatedBytes, length);
        associatedBytes += length;
    }

    /** Encrypts and appends the tag; returns the length written. */
    int seal(byte[] in, int offset, int length, byte[] out, int outOffset) {
        makeKeystream(length);
        keystream.xor(BLOCK_BYTES, in, offset, length, out, outOffset);
        hash(out, outOffset, length);
        BigEndian.put64(out, outOffset + length, tagHigh());
        BigEndian.put64(out, outOffset + length + 8, tagLow());
        return length + TAG_BYTES;
    }

    /** Checks the tag and only then decrypts in place; {@code length} includes the tag. False leaves the bytes alone. */
    boolean open(byte[] bytes, int offset, int length) {
        int plain = length - TAG_BYTES;
        makeKeystream(plain);
        hash(bytes, offset, plain);
        long difference = (BigEndian.i64(bytes, offset + plain) ^ tagHigh())
                | (BigEndian.i64(bytes, offset + plain + 8) ^ tagLow());
        if (difference != 0) {
            return false;
        }
        keystream.xor(BLOCK_BYTES, bytes, offset, plain, bytes, offset);
        return true;
    }

    /** Block 1 masks the tag, those behind it the data (SP 800-38D §7.1). */
    private void makeKeystream(int dataBytes) {
        keystream.make(ivHigh, (long) ivLow << 32 | 1, 1 + Keystream.blocks(dataBytes));
    }

    private void hash(byte[] ciphertext, int offset, int length) {
        int data = pad(0, associatedBytes);
        reserve(data + length + BLOCK_BYTES);
        System.arraycopy(ciphertext, offset, hashed, data, length);
        int lengths = pad(data, length);
        BigEndian.put64(hashed, lengths, associatedBytes * 8L);
        BigEndian.put64(hashed, lengths + 8, length * 8L);
        ghash.reset();
        ghash.update(hashed, 0, lengths + BLOCK_BYTES);
    }

    /** Zeros behind a part; returns where the next begins. {@link #reserve} has left room. */
    private int pad(int start, int length) {
        int next = start + Keystream.blocks(length) * BLOCK_BYTES;
        Arrays.fill(hashed, start + length, next, (byte) 0);
        return next;
    }

    private void reserve(int lengthBytes) {
        int withPadding = lengthBytes + 2 * BLOCK_BYTES;
        if (withPadding > hashed.length) {
            hashed = Arrays.copyOf(hashed, withPadding);
        }
    }

    private long tagHigh() {
        return ghash.high() ^ BigEndian.i64(keystream.bytes(), 0);
    }

    private long tagLow() {
        return ghash.low() ^ BigEndian.i64(keystream.bytes(), 8);
    }
}
