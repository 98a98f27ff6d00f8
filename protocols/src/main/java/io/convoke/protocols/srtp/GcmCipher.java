package io.convoke.protocols.srtp;

import io.convoke.protocols.wire.BigEndian;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-GCM with the initialization vector of SRTP (RFC 7714 §8.1, §9.1): start, associated data, finish. */
final class GcmCipher {
    static final int TAG_BYTES = 16;
    private static final int TAG_BITS = 8 * TAG_BYTES;
    private static final int IV_BYTES = 12;

    private final SecretKeySpec key;
    private final byte[] salt;
    private final Cipher aes;
    private final byte[] iv = new byte[IV_BYTES];
    private final byte[] lastIv = new byte[IV_BYTES];
    private byte[] scratch = new byte[2048];

    GcmCipher(byte[] sessionKey, byte[] sessionSalt) {
        key = new SecretKeySpec(sessionKey, "AES");
        salt = sessionSalt.clone();
        try {
            aes = Cipher.getInstance("AES/GCM/NoPadding", SunJce.PROVIDER);
        } catch (GeneralSecurityException e) {
            throw SunJce.missing(e);
        }
    }

    /** Starts a packet. {@code index} fills the last six bytes: ROC and sequence, or the SRTCP index. */
    void start(int mode, int ssrc, long index) throws GeneralSecurityException {
        BigEndian.put16(iv, 0, 0);
        BigEndian.put32(iv, 2, ssrc);
        BigEndian.put16(iv, 6, (int) (index >>> 32));
        BigEndian.put32(iv, 8, (int) index);
        for (int i = 0; i < IV_BYTES; i++) {
            iv[i] ^= salt[i];
        }
        if (mode == Cipher.ENCRYPT_MODE) {
            allowRepetition();
        }
        aes.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
    }

    void associated(byte[] data, int offset, int length) {
        aes.updateAAD(data, offset, length);
    }

    /** Encrypts and appends the tag; returns the length written. */
    int seal(byte[] in, int offset, int length, byte[] out, int outOffset) throws GeneralSecurityException {
        return aes.doFinal(in, offset, length, out, outOffset);
    }

    /** Checks the tag and decrypts in place; {@code length} includes the tag. False leaves the bytes alone. */
    boolean open(byte[] bytes, int offset, int length) throws GeneralSecurityException {
        // Through scratch memory: in place, the JDK would make a copy of its own each time.
        if (scratch.length < length) {
            scratch = new byte[length];
        }
        try {
            int plain = aes.doFinal(bytes, offset, length, scratch, 0);
            System.arraycopy(scratch, 0, bytes, offset, plain);
            return true;
        } catch (AEADBadTagException e) {
            return false;
        }
    }

    /**
     * The JDK refuses to encrypt twice in a row under one IV. Sending the same packet again is no reuse (the same bytes
     * come out), so a start under an IV that no packet has, and that encrypts nothing, comes in between.
     */
    private void allowRepetition() throws GeneralSecurityException {
        if (Arrays.equals(iv, lastIv)) {
            iv[0] ^= (byte) 0x80;
            aes.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, iv));
            iv[0] ^= (byte) 0x80;
        }
        System.arraycopy(iv, 0, lastIv, 0, IV_BYTES);
    }
}
