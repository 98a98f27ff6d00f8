package io.convoke.protocols.stun;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.convoke.protocols.wire.BigEndian;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A STUN message as received (RFC 8489 §5), a view over the caller's array: do not change the bytes while it is in use.
 *
 * <pre>
 * bytes 0-1  type (top two bits 0)   bytes 2-3  length behind the header, a multiple of 4
 * bytes 4-7  0x2112A442              bytes 8-19 transaction id
 * then attributes: type(16) length(16) value, each filled up to a multiple of 4
 * </pre>
 *
 * <p>Attributes behind MESSAGE-INTEGRITY are not covered by it and count as absent, save FINGERPRINT (§14.5). Of an
 * attribute that appears more than once the first counts (§14).
 */
public final class StunMessage {
    private static final int ATTRIBUTE_HEADER_BYTES = 4;
    private static final int ABSENT = -1;
    private static final int TRANSACTION_ID_AT = 8;
    private static final int COOKIE_AT = 4;

    private final byte[] buffer;
    private final int offset;
    private final int endOfAttributes;
    private final int integrityAt;
    private final int fingerprintAt;

    private StunMessage(byte[] buffer, int offset, int endOfAttributes, int integrityAt, int fingerprintAt) {
        this.buffer = buffer;
        this.offset = offset;
        this.endOfAttributes = endOfAttributes;
        this.integrityAt = integrityAt;
        this.fingerprintAt = fingerprintAt;
    }

    /** Reads a message that takes up exactly these bytes; null if they are not one. */
    public static @Nullable StunMessage parse(byte[] buffer, int offset, int length) {
        if (!StunDemux.isStun(buffer, offset, length)
                || StunDemux.HEADER_BYTES + BigEndian.u16(buffer, offset + 2) != length) {
            return null;
        }
        int integrityAt = ABSENT;
        int fingerprintAt = ABSENT;
        int at = StunDemux.HEADER_BYTES;
        while (at < length) {
            // All sizes are multiples of four, so that the attribute's own header always fits.
            int valueBytes = BigEndian.u16(buffer, offset + at + 2);
            int next = at + ATTRIBUTE_HEADER_BYTES + padded(valueBytes);
            if (next > length || fingerprintAt != ABSENT) {
                return null; // FINGERPRINT is the last one (§14.7)
            }
            int type = BigEndian.u16(buffer, offset + at);
            if (type == StunAttribute.MESSAGE_INTEGRITY && integrityAt == ABSENT) {
                if (valueBytes != StunAuthentication.INTEGRITY_BYTES) {
                    return null;
                }
                integrityAt = at;
            } else if (type == StunAttribute.FINGERPRINT) {
                if (valueBytes != StunAuthentication.FINGERPRINT_BYTES) {
                    return null;
                }
                fingerprintAt = at;
            }
            at = next;
        }
        int covered = integrityAt != ABSENT ? integrityAt : fingerprintAt != ABSENT ? fingerprintAt : length;
        return new StunMessage(buffer, offset, covered, integrityAt, fingerprintAt);
    }

    /** Method and class, see {@link StunType}. */
    public int type() {
        return BigEndian.u16(buffer, offset);
    }

    /** The 12 bytes that tie an answer to its request; a copy. */
    public byte[] transactionId() {
        return Arrays.copyOfRange(buffer, offset + TRANSACTION_ID_AT, offset + StunDemux.HEADER_BYTES);
    }

    /** Whether the attribute is present. */
    public boolean has(int type) {
        return find(type) != ABSENT;
    }

    /** The attribute's value, a copy; null if absent. */
    public byte @Nullable [] attribute(int type) {
        int at = find(type);
        if (at == ABSENT) {
            return null;
        }
        int value = offset + at + ATTRIBUTE_HEADER_BYTES;
        return Arrays.copyOfRange(buffer, value, value + BigEndian.u16(buffer, offset + at + 2));
    }

    /** The attribute's value as UTF-8 text; null if absent. Damaged text comes with replacement characters. */
    public @Nullable String text(int type) {
        byte[] value = attribute(type);
        return value == null ? null : new String(value, UTF_8);
    }

    /** A four-byte attribute such as PRIORITY, 0..2^32-1; -1 if absent or of another length. */
    public long number(int type) {
        byte[] value = attribute(type);
        return value == null || value.length != 4 ? -1 : BigEndian.u32(value, 0);
    }

    /** An XORed transport address; null if absent or of no known family. */
    public @Nullable InetSocketAddress xorAddress(int type) {
        byte[] value = attribute(type);
        return value == null ? null : StunAddress.decode(value, buffer, offset + COOKIE_AT);
    }

    /** Code of ERROR-CODE, 300..699; -1 if absent or malformed. */
    public int errorCode() {
        byte[] value = attribute(StunAttribute.ERROR_CODE);
        return value == null || value.length < 4 ? -1 : (value[2] & 0x07) * 100 + value[3];
    }

    /** Whether MESSAGE-INTEGRITY is present and made with this key (§14.5). Compares in constant time. */
    public boolean integrityHolds(byte[] key) {
        if (integrityAt == ABSENT) {
            return false;
        }
        int value = offset + integrityAt + ATTRIBUTE_HEADER_BYTES;
        byte[] expected = StunAuthentication.integrity(buffer, offset, integrityAt, key);
        return MessageDigest.isEqual(expected, Arrays.copyOfRange(buffer, value, value + expected.length));
    }

    /** Whether MESSAGE-INTEGRITY is present. */
    public boolean hasIntegrity() {
        return integrityAt != ABSENT;
    }

    /** Whether FINGERPRINT is present and fits (§14.7). */
    public boolean fingerprintHolds() {
        return fingerprintAt != ABSENT
                && BigEndian.i32(buffer, offset + fingerprintAt + ATTRIBUTE_HEADER_BYTES)
                        == StunAuthentication.fingerprint(buffer, offset, fingerprintAt);
    }

    /** Whether FINGERPRINT is present. */
    public boolean hasFingerprint() {
        return fingerprintAt != ABSENT;
    }

    /** Types of attributes that must be understood but are not known to the caller, in order (§6.3.1). */
    public int[] unknownRequired(IntPredicate known) {
        int[] unknown = new int[0];
        for (int at = StunDemux.HEADER_BYTES; at < endOfAttributes; at = next(at)) {
            int type = BigEndian.u16(buffer, offset + at);
            if (StunAttribute.mustBeUnderstood(type) && !known.test(type)) {
                unknown = Arrays.copyOf(unknown, unknown.length + 1);
                unknown[unknown.length - 1] = type;
            }
        }
        return unknown;
    }

    private int find(int type) {
        for (int at = StunDemux.HEADER_BYTES; at < endOfAttributes; at = next(at)) {
            if (BigEndian.u16(buffer, offset + at) == type) {
                return at;
            }
        }
        return ABSENT;
    }

    private int next(int at) {
        return at + ATTRIBUTE_HEADER_BYTES + padded(BigEndian.u16(buffer, offset + at + 2));
    }

    static int padded(int bytes) {
        return (bytes + 3) & ~3;
    }
}
