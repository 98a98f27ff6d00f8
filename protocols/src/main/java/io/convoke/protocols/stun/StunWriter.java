package io.convoke.protocols.stun;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.convoke.protocols.wire.BigEndian;
import java.net.InetSocketAddress;
import java.util.Arrays;

/**
 * Builds one STUN message: begin, attributes, then {@link #messageIntegrity}, {@link #messageIntegritySha256} and {@link
 * #fingerprint}, any of them, in this order, then {@link #finish}. Breaking the order throws {@link
 * IllegalStateException}; a value longer than its attribute may be, or a message longer than 65,552 bytes, {@link
 * IllegalArgumentException}.
 */
public final class StunWriter {
    static final byte[] NO_MASK = new byte[16];

    private static final int TRANSACTION_ID_BYTES = 12;
    private static final int TRANSACTION_ID_AT = 8;
    private static final int COOKIE_AT = 4;
    private static final int MAX_MESSAGE_BYTES = StunDemux.HEADER_BYTES + 0xFFFC;
    private static final int OPEN = 0;
    private static final int SIGNED = 1;
    private static final int SIGNED_SHA256 = 2;
    private static final int SEALED = 3;

    private byte[] buffer;
    private int size = StunDemux.HEADER_BYTES;
    private int stage = OPEN;

    private StunWriter(int type, byte[] idBuffer, int idAt, int capacity) {
        buffer = new byte[capacity];
        BigEndian.put16(buffer, 0, type);
        BigEndian.put32(buffer, COOKIE_AT, StunDemux.MAGIC_COOKIE);
        System.arraycopy(idBuffer, idAt, buffer, TRANSACTION_ID_AT, TRANSACTION_ID_BYTES);
    }

    /**
     * Starts a message.
     *
     * @param type see {@link StunType}
     * @throws IllegalArgumentException if the transaction id is not 12 bytes
     */
    public static StunWriter begin(int type, byte[] transactionId) {
        if (transactionId.length != TRANSACTION_ID_BYTES) {
            throw new IllegalArgumentException(
                    "Expected a transaction id of 12 bytes, but got " + transactionId.length);
        }
        return new StunWriter(type, transactionId, 0, 128);
    }

    /** Starts a message with the transaction id of another, such as the request it answers. */
    public static StunWriter begin(int type, StunMessage sameTransaction) {
        return new StunWriter(type, sameTransaction.buffer(), sameTransaction.offset() + TRANSACTION_ID_AT, 256);
    }

    /** Adds an attribute. */
    public StunWriter attribute(int type, byte[] value) {
        return attribute(type, value, 0, value.length);
    }

    /** Adds an attribute whose value is part of an array, such as DATA. */
    public StunWriter attribute(int type, byte[] bytes, int offset, int length) {
        int at = add(type, length);
        System.arraycopy(bytes, offset, buffer, at, length);
        return this;
    }

    /** Adds an attribute of UTF-8 text. */
    public StunWriter text(int type, String value) {
        return attribute(type, value.getBytes(UTF_8));
    }

    /** Adds an attribute without a value, such as USE-CANDIDATE. */
    public StunWriter flag(int type) {
        add(type, 0);
        return this;
    }

    /** Adds an attribute of four bytes, such as PRIORITY. */
    public StunWriter number(int type, long value) {
        int at = add(type, 4);
        BigEndian.put32(buffer, at, (int) value);
        return this;
    }

    /** Adds an attribute of eight bytes, such as ICE-CONTROLLING. */
    public StunWriter longNumber(int type, long value) {
        int at = add(type, 8);
        BigEndian.put64(buffer, at, value);
        return this;
    }

    /** Adds XOR-MAPPED-ADDRESS (§14.2). */
    public StunWriter xorMappedAddress(InetSocketAddress address) {
        return xorAddress(StunAttribute.XOR_MAPPED_ADDRESS, address);
    }

    /** Adds a transport address XORed the same way under another type. */
    public StunWriter xorAddress(int type, InetSocketAddress address) {
        return xorAddress(type, StunAddress.high(address), StunAddress.low(address), address.getPort());
    }

    /** The same, the address being the halves of an IPv6 address, or of the mapped form of an IPv4 address. */
    public StunWriter xorAddress(int type, long high, long low, int port) {
        int at = add(type, StunAddress.bytes(high, low));
        StunAddress.encode(buffer, at, high, low, port, buffer, COOKIE_AT);
        return this;
    }

    /** Adds a transport address in clear: MAPPED-ADDRESS, ALTERNATE-SERVER, RESPONSE-ORIGIN, OTHER-ADDRESS. */
    public StunWriter address(int type, InetSocketAddress address) {
        return address(type, StunAddress.high(address), StunAddress.low(address), address.getPort());
    }

    /** The same, from numbers. */
    public StunWriter address(int type, long high, long low, int port) {
        int at = add(type, StunAddress.bytes(high, low));
        StunAddress.encode(buffer, at, high, low, port, NO_MASK, 0);
        return this;
    }

    /** Adds ERROR-CODE (§14.8). */
    public StunWriter errorCode(int code, String reason) {
        if (code < 300 || code > 699) {
            throw new IllegalArgumentException("Expected an error code of 300 to 699, but got " + code);
        }
        byte[] text = reason.getBytes(UTF_8);
        int at = add(StunAttribute.ERROR_CODE, 4 + text.length);
        buffer[at + 2] = (byte) (code / 100);
        buffer[at + 3] = (byte) (code % 100);
        System.arraycopy(text, 0, buffer, at + 4, text.length);
        return this;
    }

    /** Adds UNKNOWN-ATTRIBUTES (§14.9), at most the first 16 of them. */
    public StunWriter unknownAttributes(int[] types) {
        int count = Math.min(types.length, 16);
        int at = add(StunAttribute.UNKNOWN_ATTRIBUTES, 2 * count);
        for (int i = 0; i < count; i++) {
            BigEndian.put16(buffer, at + 2 * i, types[i]);
        }
        return this;
    }

    /** Signs what has been added so far. */
    public StunWriter messageIntegrity(byte[] key) {
        return messageIntegrity(new StunIntegrity(), key);
    }

    /** Signs what has been added so far, with an object that is set up already. */
    public StunWriter messageIntegrity(StunIntegrity integrity, byte[] key) {
        advance(SIGNED);
        int attributeAt = size;
        int at = append(StunAttribute.MESSAGE_INTEGRITY, StunIntegrity.SHA1_BYTES);
        integrity.sha1(buffer, 0, attributeAt, key, buffer, at);
        return this;
    }

    /** Signs what has been added so far, MESSAGE-INTEGRITY included. */
    public StunWriter messageIntegritySha256(StunIntegrity integrity, byte[] key) {
        return messageIntegritySha256(integrity, key, StunIntegrity.SHA256_BYTES);
    }

    /** The same, the value being cut to this length: 16 to 32 bytes, a multiple of 4 (§14.6). */
    public StunWriter messageIntegritySha256(StunIntegrity integrity, byte[] key, int length) {
        if (!StunIntegrity.isSha256Length(length)) {
            throw new IllegalArgumentException("Expected 16, 20, 24, 28 or 32 bytes, but got " + length);
        }
        advance(SIGNED_SHA256);
        int attributeAt = size;
        int at = append(StunAttribute.MESSAGE_INTEGRITY_SHA256, length);
        integrity.sha256(buffer, 0, attributeAt, length, key, buffer, at);
        return this;
    }

    /** Adds the checksum that ends a message. */
    public StunWriter fingerprint() {
        advance(SEALED);
        int attributeAt = size;
        int at = append(StunAttribute.FINGERPRINT, StunFingerprint.BYTES);
        BigEndian.put32(buffer, at, StunFingerprint.of(buffer, 0, attributeAt));
        return this;
    }

    /** The message's bytes so far. */
    public int size() {
        return size;
    }

    /** The message's bytes, a copy. */
    public byte[] finish() {
        return Arrays.copyOf(buffer, size);
    }

    private void advance(int to) {
        if (stage >= to) {
            throw new IllegalStateException(
                    "Expected MESSAGE-INTEGRITY, MESSAGE-INTEGRITY-SHA256, FINGERPRINT in this order and once each");
        }
        stage = to;
    }

    /** Place for a value, filled with zeros. */
    private int add(int type, int length) {
        if (stage != OPEN) {
            throw new IllegalStateException("Expected attributes before MESSAGE-INTEGRITY and FINGERPRINT");
        }
        int most = mostBytes(type);
        if (length > most) {
            throw new IllegalArgumentException("Expected at most " + most + " bytes, but got " + length);
        }
        return append(type, length);
    }

    private int append(int type, int length) {
        int at = size + StunMessage.ATTRIBUTE_HEADER_BYTES;
        int end = at + StunMessage.padded(length);
        if (end > MAX_MESSAGE_BYTES) {
            throw new IllegalArgumentException("Expected a message of at most 65,552 bytes, but got " + end);
        }
        if (end > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(end, 2 * buffer.length));
        }
        BigEndian.put16(buffer, size, type);
        BigEndian.put16(buffer, size + 2, length);
        size = end;
        BigEndian.put16(buffer, 2, size - StunDemux.HEADER_BYTES);
        return at;
    }

    /** RFC 8489 §14.3, §14.8 to §14.10, §14.14, §14.16; the length field of an attribute for all others. */
    private static int mostBytes(int type) {
        return switch (type) {
            case StunAttribute.USERNAME -> 508;
            case StunAttribute.REALM, StunAttribute.NONCE, StunAttribute.SOFTWARE -> 509;
            case StunAttribute.ERROR_CODE -> 4 + 509;
            case StunAttribute.ALTERNATE_DOMAIN -> 255;
            default -> 0xFFFF;
        };
    }
}
