package io.convoke.protocols.stun;

import io.convoke.protocols.wire.BigEndian;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes and checks MESSAGE-INTEGRITY and MESSAGE-INTEGRITY-SHA256 (RFC 8489 §14.5, §14.6). Keeps what the JDK takes long
 * to set up, so a server has one for each of its threads. Not thread-safe.
 */
public final class StunIntegrity {
    static final int SHA1_BYTES = 20;
    static final int SHA256_BYTES = 32;
    static final int LEAST_SHA256_BYTES = 16;

    private static final String HMAC_SHA1 = "HmacSHA1";
    private static final String HMAC_SHA256 = "HmacSHA256";

    private final byte[] lengthField = new byte[2];
    private final byte[] computed = new byte[SHA256_BYTES];
    private @Nullable Mac sha1;
    private @Nullable Mac sha256;

    /**
     * Whether the message carries MESSAGE-INTEGRITY made with this key, and nothing in front of it has been changed. The
     * comparison takes the same time wherever the first difference is.
     */
    public boolean holds(StunMessage message, byte[] key) {
        int at = message.integrityAt();
        return at >= 0 && message.valueLength(at) == SHA1_BYTES && matches(sha1(), key, message, at, SHA1_BYTES);
    }

    /** The same for MESSAGE-INTEGRITY-SHA256, which may be cut short to 16 bytes or more, by fours. */
    public boolean holdsSha256(StunMessage message, byte[] key) {
        int at = message.integritySha256At();
        return at >= 0
                && isSha256Length(message.valueLength(at))
                && matches(sha256(), key, message, at, message.valueLength(at));
    }

    /** Writes the value of MESSAGE-INTEGRITY as if the message ended with that attribute at attributeAt. */
    void sha1(byte[] message, int offset, int attributeAt, byte[] key, byte[] out, int outAt) {
        compute(sha1(), message, offset, attributeAt, SHA1_BYTES, key);
        System.arraycopy(computed, 0, out, outAt, SHA1_BYTES);
    }

    /** Writes the value of MESSAGE-INTEGRITY-SHA256, cut to a length that {@link #isSha256Length} takes. */
    void sha256(byte[] message, int offset, int attributeAt, int length, byte[] key, byte[] out, int outAt) {
        compute(sha256(), message, offset, attributeAt, length, key);
        System.arraycopy(computed, 0, out, outAt, length);
    }

    static boolean isSha256Length(int length) {
        return length >= LEAST_SHA256_BYTES && length <= SHA256_BYTES && (length & 3) == 0;
    }

    private boolean matches(Mac mac, byte[] key, StunMessage message, int at, int length) {
        compute(mac, message.buffer(), message.offset(), at, length, key);
        int value = message.valueOffset(at);
        int difference = 0;
        for (int i = 0; i < length; i++) {
            difference |= computed[i] ^ message.buffer()[value + i];
        }
        return difference == 0;
    }

    private void compute(Mac mac, byte[] message, int offset, int attributeAt, int valueBytes, byte[] key) {
        int end = attributeAt + StunMessage.ATTRIBUTE_HEADER_BYTES + valueBytes;
        BigEndian.put16(lengthField, 0, end - StunDemux.HEADER_BYTES);
        try {
            mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
            mac.update(message, offset, 2);
            mac.update(lengthField);
            mac.update(message, offset + 4, attributeAt - 4);
            mac.doFinal(computed, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Expected the JDK to carry out HMAC, but it did not", e);
        }
    }

    private Mac sha1() {
        Mac mac = sha1;
        if (mac == null) {
            mac = make(HMAC_SHA1);
            sha1 = mac;
        }
        return mac;
    }

    private Mac sha256() {
        Mac mac = sha256;
        if (mac == null) {
            mac = make(HMAC_SHA256);
            sha256 = mac;
        }
        return mac;
    }

    private static Mac make(String algorithm) {
        try {
            return Mac.getInstance(algorithm);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Expected the JDK to know HMAC, but it does not", e);
        }
    }
}
