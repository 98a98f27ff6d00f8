package io.convoke.protocols.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** Session keys from a master key: AES in counter mode keyed by it, started at a label (RFC 3711 §4.3, rate 0). */
final class KeyDerivation {
    static final int RTP_ENCRYPTION = 0;
    static final int RTP_AUTHENTICATION = 1;
    static final int RTP_SALT = 2;
    static final int RTCP_ENCRYPTION = 3;
    static final int RTCP_AUTHENTICATION = 4;
    static final int RTCP_SALT = 5;

    private static final int BLOCK_BYTES = 16;
    private static final int LABEL_AT = 7;

    private final Cipher aes;
    private final byte[] masterSalt;

    /** A salt shorter than 14 bytes counts as followed by zeros (RFC 7714 §11). */
    KeyDerivation(byte[] masterKey, byte[] masterSalt) {
        this.masterSalt = Arrays.copyOf(masterSalt, BLOCK_BYTES);
        try {
            aes = Cipher.getInstance("AES/ECB/NoPadding", SunJce.PROVIDER);
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(masterKey, "AES"));
        } catch (GeneralSecurityException e) {
            throw SunJce.missing(e);
        }
    }

    byte[] derive(int label, int lengthBytes) {
        int blocks = (lengthBytes + BLOCK_BYTES - 1) / BLOCK_BYTES;
        byte[] counters = new byte[blocks * BLOCK_BYTES];
        for (int i = 0; i < blocks; i++) {
            System.arraycopy(masterSalt, 0, counters, i * BLOCK_BYTES, BLOCK_BYTES);
            counters[i * BLOCK_BYTES + LABEL_AT] ^= (byte) label;
            counters[i * BLOCK_BYTES + BLOCK_BYTES - 1] = (byte) i;
        }
        try {
            return Arrays.copyOf(aes.doFinal(counters), lengthBytes);
        } catch (GeneralSecurityException e) {
            throw SunJce.missing(e);
        }
    }
}
