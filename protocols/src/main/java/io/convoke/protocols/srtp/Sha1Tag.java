package io.convoke.protocols.srtp;

import io.convoke.protocols.wire.BigEndian;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA1 cut to 80 bits over a packet and, for RTP, its rollover counter (RFC 3711 §4.2.1). */
final class Sha1Tag {
    static final int TAG_BYTES = 10;
    static final int KEY_BYTES = 20;
    private static final int HASH_BYTES = 20;
    private static final int ROC_BYTES = 4;

    private final Mac mac;
    private final byte[] hash = new byte[HASH_BYTES];
    private final byte[] roc = new byte[ROC_BYTES];

    Sha1Tag(byte[] sessionKey) {
        try {
            mac = Mac.getInstance("HmacSHA1", SunJce.PROVIDER);
            mac.init(new SecretKeySpec(sessionKey, "HmacSHA1"));
        } catch (GeneralSecurityException e) {
            throw SunJce.missing(e);
        }
    }

    /** Adds the rollover counter behind the packet; call it after {@link #update}. */
    void updateRollover(long index) {
        BigEndian.put32(roc, 0, (int) (index >>> 16));
        mac.update(roc, 0, ROC_BYTES);
    }

    void update(byte[] bytes, int offset, int length) {
        mac.update(bytes, offset, length);
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
            mac.doFinal(hash, 0);
        } catch (GeneralSecurityException e) {
            throw SunJce.missing(e);
        }
    }
}
