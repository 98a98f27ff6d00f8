package io.convoke.protocols.stun;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.convoke.protocols.wire.BigEndian;
import java.net.InetSocketAddress;
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
 * <p>At the end stand MESSAGE-INTEGRITY, MESSAGE-INTEGRITY-SHA256 and FINGERPRINT, any of them, in this order. What
 * stands among them is covered by nothing and counts as absent (§14.5, §14.6). Of an attribute that appears more than
 * once the first counts (§14), save where {@link #findNext} is used.
 *
 * <p>Two ways of reading: by type, which copies, or by place. A place is a positive number that {@link #find} gives; it
 * has a meaning for this message only.
 */
public final class StunMessage {
    /** In place of a place. */
    public static final int ABSENT = -1;

    static final int ATTRIBUTE_HEADER_BYTES = 4;
    private static final int TRANSACTION_ID_AT = 8;
    private static final int COOKIE_AT = 4;

    private final byte[] buffer;
    private final int offset;
    private final int length;
    private final int endOfAttributes;
    private final int integrityAt;
    private final int integritySha256At;
    private final int fingerprintAt;

    private StunMessage(byte[] buffer, int offset, int length, int sha1At, int sha256At, int fingerprintAt) {
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
        this.integrityAt = sha1At;
        this.integritySha256At = sha256At;
        this.fingerprintAt = fingerprintAt;
        this.endOfAttributes = sha1At != ABSENT
                ? sha1At
                : sha256At != ABSENT ? sha256At : fingerprintAt != ABSENT ? fingerprintAt : length;
    }

    /** Reads a message that takes up exactly these bytes; null if they are not one. */
    public static @Nullable StunMessage parse(byte[] buffer, int offset, int length) {
        if (!StunDemux.isStun(buffer, offset, length)
                || StunDemux.HEADER_BYTES + BigEndian.u16(buffer, offset + 2) != length) {
            return null;
        }
        int sha1At = ABSENT;
        int sha256At = ABSENT;
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
            if (type == StunAttribute.MESSAGE_INTEGRITY && sha1At == ABSENT && sha256At == ABSENT) {
                sha1At = at;
            } else if (type == StunAttribute.MESSAGE_INTEGRITY_SHA256 && sha256At == ABSENT) {
                sha256At = at;
            } else if (type == StunAttribute.FINGERPRINT) {
                if (valueBytes != StunFingerprint.BYTES) {
                    return null;
                }
                fingerprintAt = at;
            }
            at = next;
        }
        return new StunMessage(buffer, offset, length, sha1At, sha256At, fingerprintAt);
    }

    /** Method and class, see {@link StunType}. */
    public int type() {
        return BigEndian.u16(buffer, offset);
    }

    /** Size of the whole message. */
    public int length() {
        return length;
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
        return Arrays.copyOfRange(buffer, valueOffset(at), valueOffset(at) + valueLength(at));
    }

    /** The attribute's value as UTF-8 text; null if absent. Damaged text comes with replacement characters. */
    public @Nullable String text(int type) {
        int at = find(type);
        return at == ABSENT ? null : new String(buffer, valueOffset(at), valueLength(at), UTF_8);
    }

    /** A four-byte attribute such as PRIORITY, 0..2^32-1; -1 if absent or of another length. */
    public long number(int type) {
        int at = find(type);
        return at == ABSENT || valueLength(at) != 4 ? -1 : BigEndian.u32(buffer, valueOffset(at));
    }

    /** An eight-byte attribute such as RESERVATION-TOKEN; the other value if absent or of another length. */
    public long longNumber(int type, long otherwise) {
        int at = find(type);
        return at == ABSENT || valueLength(at) != 8 ? otherwise : BigEndian.i64(buffer, valueOffset(at));
    }

    /** An XORed transport address; null if absent or of no known family. */
    public @Nullable InetSocketAddress xorAddress(int type) {
        int at = find(type);
        return at == ABSENT || family(at) == 0 ? null : StunAddress.socketAddress(xorHigh(at), xorLow(at), xorPort(at));
    }

    /** A transport address in clear, as in MAPPED-ADDRESS or ALTERNATE-SERVER; null if absent or of no known family. */
    public @Nullable InetSocketAddress address(int type) {
        int at = find(type);
        int family = at == ABSENT ? 0 : family(at);
        if (family == 0) {
            return null;
        }
        long high = StunAddress.high(buffer, valueOffset(at), family, StunWriter.NO_MASK, 0);
        long low = StunAddress.low(buffer, valueOffset(at), family, StunWriter.NO_MASK, 0);
        return StunAddress.socketAddress(high, low, BigEndian.u16(buffer, valueOffset(at) + 2));
    }

    /** Code of ERROR-CODE, 300..699; -1 if absent or malformed. */
    public int errorCode() {
        int at = find(StunAttribute.ERROR_CODE);
        return at == ABSENT || valueLength(at) < 4
                ? -1
                : (buffer[valueOffset(at) + 2] & 0x07) * 100 + buffer[valueOffset(at) + 3];
    }

    /** Whether MESSAGE-INTEGRITY is present and made with this key (§14.5). Compares in constant time. */
    public boolean integrityHolds(byte[] key) {
        return integrityAt != ABSENT && new StunIntegrity().holds(this, key);
    }

    /** Whether MESSAGE-INTEGRITY is present, of whatever length. */
    public boolean hasIntegrity() {
        return integrityAt != ABSENT;
    }

    /** Whether MESSAGE-INTEGRITY-SHA256 is present, of whatever length. */
    public boolean hasIntegritySha256() {
        return integritySha256At != ABSENT;
    }

    /** Whether FINGERPRINT is present and fits (§14.7). */
    public boolean fingerprintHolds() {
        return fingerprintAt != ABSENT
                && BigEndian.i32(buffer, offset + fingerprintAt + ATTRIBUTE_HEADER_BYTES)
                        == StunFingerprint.of(buffer, offset, fingerprintAt);
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

    /** Place of the first attribute of this type, or {@link #ABSENT}. */
    public int find(int type) {
        return findFrom(StunDemux.HEADER_BYTES, type);
    }

    /** Place of the next attribute of this type behind a place, or {@link #ABSENT}. */
    public int findNext(int type, int behind) {
        return findFrom(next(behind), type);
    }

    /** The array that holds the message. */
    public byte[] buffer() {
        return buffer;
    }

    /** Index in {@link #buffer} of the value's first byte. */
    public int valueOffset(int at) {
        return offset + at + ATTRIBUTE_HEADER_BYTES;
    }

    /** Bytes of the value, without what fills it up. */
    public int valueLength(int at) {
        return BigEndian.u16(buffer, offset + at + 2);
    }

    /** Family of the address at this place: 1 for IPv4, 2 for IPv6, 0 if the value is no address. */
    public int family(int at) {
        return StunAddress.family(buffer, valueOffset(at), valueLength(at));
    }

    /** First half of an XORed address whose family is not 0; 0 for IPv4. */
    public long xorHigh(int at) {
        return StunAddress.high(buffer, valueOffset(at), family(at), buffer, offset + COOKIE_AT);
    }

    /** Second half of an XORed address whose family is not 0; of an IPv4 address, that of {@code ::ffff:a.b.c.d}. */
    public long xorLow(int at) {
        return StunAddress.low(buffer, valueOffset(at), family(at), buffer, offset + COOKIE_AT);
    }

    /** Port of an XORed address whose family is not 0. */
    public int xorPort(int at) {
        return BigEndian.u16(buffer, valueOffset(at) + 2) ^ (StunDemux.MAGIC_COOKIE >>> 16);
    }

    int offset() {
        return offset;
    }

    int integrityAt() {
        return integrityAt;
    }

    int integritySha256At() {
        return integritySha256At;
    }

    private int findFrom(int from, int type) {
        for (int at = from; at < endOfAttributes; at = next(at)) {
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
