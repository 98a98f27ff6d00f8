package io.convoke.protocols.srtp;

import io.convoke.protocols.wire.BigEndian;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES in counter mode: encrypting and decrypting are the same XOR with the keystream (RFC 3711 §4.1.1). */
final class CounterMode {
    private static final int BLOCK_BYTES = 16;

    private final SecretKeySpec key;
    private final byte[] salt;
    private final Cipher aes;
    private final byte[] iv = new byte[BLOCK_BYTES];
    private byte[] scratch = new byte[2048];

    CounterMode(byte[] sessionKey, byte[] sessionSalt) {
        key = new SecretKeySpec(sessionKey, "AES");
        salt = sessionSalt.clone();
        try {
            aes = Cipher.getInstance("AES/CTR/NoPadding", SunJce.PROVIDER);
        } catch (GeneralSecurityException e) {
            throw SunJce.missing(e);
        }
    }

    /** XORs the keystream of one packet onto the input. */
    void apply(int ssrc, long index, byte[] in, int offset, int length, byte[] out, int outOffset) {
        // IV = salt * 2^16 xor SSRC * 2^64 xor index * 2^16; the low 16 bits count blocks.
        System.arraycopy(salt, 0, iv, 0, salt.length);
        BigEndian.put32(iv, 4, BigEndian.i32(iv, 4) ^ ssrc);
        BigEndian.put16(iv, 8, BigEndian.u16(iv, 8) ^ (int) (index >>> 32));
        BigEndian.put32(iv, 10, BigEndian.i32(iv, 10) ^ (int) index);
        BigEndian.put16(iv, 14, 0);
        try {
            aes.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
            if (in == out) {
                // Through scratch memory: in place, the JDK would make a copy of its own each time.
                if (scratch.length < length) {
                    scratch = new byte[length];
                }
                aes.doFinal(in, offset, length, scratch, 0);
                System.arraycopy(scratch, 0, out, outOffset, length);
            } else {
                aes.doFinal(in, offset, length, out, outOffset);
            }
        } catch (GeneralSecurityException e) {
            throw SunJce.missing(e);
        }
    }
}
