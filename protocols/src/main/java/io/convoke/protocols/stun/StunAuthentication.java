package io.convoke.protocols.stun;

import io.convoke.protocols.wire.BigEndian;
import java.security.GeneralSecurityException;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The two checksums over a message up to the attribute that carries them (RFC 8489 §14.5, §14.7). */
final class StunAuthentication {
    static final int INTEGRITY_BYTES = 20;
    static final int FINGERPRINT_BYTES = 4;
    private static final int ATTRIBUTE_HEADER_BYTES = 4;
    private static final int FINGERPRINT_MASK = 0x5354554E;

    private StunAuthentication() {}

    /** HMAC-SHA1 as if the message ended with the integrity attribute at this distance from its start. */
    static byte[] integrity(byte[] message, int offset, int attributeAt, byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
            mac.update(message, offset, 2);
            mac.update(lengthField(attributeAt, INTEGRITY_BYTES));
            mac.update(message, offset + 4, attributeAt - 4);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Expected the JDK to carry out HMAC-SHA1, but it did not", e);
        }
    }

    /** CRC-32 as if the message ended with the fingerprint attribute at this distance from its start. */
    static int fingerprint(byte[] message, int offset, int attributeAt) {
        CRC32 crc = new CRC32();
        crc.update(message, offset, 2);
        crc.update(lengthField(attributeAt, FINGERPRINT_BYTES));
        crc.update(message, offset + 4, attributeAt - 4);
        return (int) crc.getValue() ^ FINGERPRINT_MASK;
    }

    private static byte[] lengthField(int attributeAt, int valueBytes) {
        byte[] field = new byte[2];
        BigEndian.put16(field, 0, attributeAt + ATTRIBUTE_HEADER_BYTES + valueBytes - StunDemux.HEADER_BYTES);
        return field;
    }
}
