package io.convoke.protocols.srtp;

import io.convoke.protocols.wire.BigEndian;

/** AES in counter mode: encrypting and decrypting are the same XOR with the keystream (RFC 3711 §4.1.1). */
final class CounterMode {
    private static final int SALT_BYTES = 14;

    private final Keystream keystream;
    private final long saltHigh;
    private final long saltLow;

    CounterMode(byte[] sessionKey, byte[] sessionSalt) {
        if (sessionSalt.length != SALT_BYTES) {
            throw new IllegalArgumentException("Expected a salt of 14 bytes, but got " + sessionSalt.length);
        }
        keystream = new Keystream(sessionKey);
        saltHigh = BigEndian.i64(sessionSalt, 0);
        saltLow = BigEndian.u32(sessionSalt, 8) << 32 | (long) BigEndian.u16(sessionSalt, 12) << 16;
    }

    /** XORs the keystream of one packet onto the input. */
    void apply(int ssrc, long index, byte[] in, int offset, int length, byte[] out, int outOffset) {
        // IV = salt * 2^16 xor SSRC * 2^64 xor index * 2^16; the low 16 bits count blocks.
        keystream.make(saltHigh ^ (ssrc & 0xFFFF_FFFFL), saltLow ^ index << 16, Keystream.blocks(length));
        keystream.xor(0, in, offset, length, out, outOffset);
    }
}
