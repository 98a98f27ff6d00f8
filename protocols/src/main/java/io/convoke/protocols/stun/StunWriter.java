package io.convoke.protocols.stun;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.convoke.protocols.wire.BigEndian;
import java.net.InetSocketAddress;
import java.util.Arrays;

/**
 * Builds one STUN message: begin, attributes, then {@link #messageIntegrity} and {@link #fingerprint} in this order,
 * then {@link #finish}. Breaking the order throws {@link IllegalStateException}.
 */
public final class StunWriter {
    private static final int TRANSACTION_ID_BYTES = 12;
    private static final int ATTRIBUTE_HEADER_BYTES = 4;
    private static final int MAX_VALUE_BYTES = 763; // longest any attribute of RFC 8489 §14 may be

    private byte[] buffer = new byte[128];
    private int size = StunDemux.HEADER_BYTES;
    private boolean signed;
    private boolean sealed;

    private StunWriter(int type, byte[] transactionId) {
        BigEndian.put16(buffer, 0, type);
        BigEndian.put32(buffer, 4, StunDemux.MAGIC_COOKIE);
        System.arraycopy(transactionId, 0, buffer, 8, TRANSACTION_ID_BYTES);
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
        return new StunWriter(type, transactionId);
    }

    /** Adds an attribute of at most 763 bytes. */
    public StunWriter attribute(int type, byte[] value) {
        if (signed || sealed) {
            throw new IllegalStateException("Expected attributes before MESSAGE-INTEGRITY and FINGERPRINT");
        }
        if (value.length > MAX_VALUE_BYTES) {
            throw new IllegalArgumentException("Expected at most 763 bytes, but got " + value.length);
        }
        append(type, value);
        return this;
    }

    /** Adds an attribute of UTF-8 text. */
    public StunWriter text(int type, String value) {
        return attribute(type, value.getBytes(UTF_8));
    }

    /** Adds an attribute without a value, such as USE-CANDIDATE. */
    public StunWriter flag(int type) {
        return attribute(type, new byte[0]);
    }

    /** Adds an attribute of four bytes, such as PRIORITY. */
    public StunWriter number(int type, long value) {
        byte[] bytes = new byte[4];
        BigEndian.put32(bytes, 0, (int) value);
        return attribute(type, bytes);
    }

    /** Adds an attribute of eight bytes, such as ICE-CONTROLLING. */
    public StunWriter longNumber(int type, long value) {
        byte[] bytes = new byte[8];
        BigEndian.put64(bytes, 0, value);
        return attribute(type, bytes);
    }

    /** Adds XOR-MAPPED-ADDRESS (§14.2). */
    public StunWriter xorMappedAddress(InetSocketAddress address) {
        return xorAddress(StunAttribute.XOR_MAPPED_ADDRESS, address);
    }

    /** Adds a transport address XORed the same way under another type. */
    public StunWriter xorAddress(int type, InetSocketAddress address) {
        return attribute(type, StunAddress.encode(address, buffer, 4));
    }

    /** Adds ERROR-CODE (§14.8). */
    public StunWriter errorCode(int code, String reason) {
        if (code < 300 || code > 699) {
            throw new IllegalArgumentException("Expected an error code of 300 to 699, but got " + code);
        }
        byte[] text = reason.getBytes(UTF_8);
        byte[] value = new byte[4 + text.length];
        value[2] = (byte) (code / 100);
        value[3] = (byte) (code % 100);
        System.arraycopy(text, 0, value, 4, text.length);
        return attribute(StunAttribute.ERROR_CODE, value);
    }

    /** Adds UNKNOWN-ATTRIBUTES (§14.9), at most the first 16 of them. */
    public StunWriter unknownAttributes(int[] types) {
        byte[] value = new byte[2 * Math.min(types.length, 16)];
        for (int i = 0; 2 * i < value.length; i++) {
            BigEndian.put16(value, 2 * i, types[i]);
        }
        return attribute(StunAttribute.UNKNOWN_ATTRIBUTES, value);
    }

    /** Signs what has been added so far; only FINGERPRINT may follow. */
    public StunWriter messageIntegrity(byte[] key) {
        if (signed || sealed) {
            throw new IllegalStateException("Expected MESSAGE-INTEGRITY once, before FINGERPRINT");
        }
        signed = true;
        append(StunAttribute.MESSAGE_INTEGRITY, StunAuthentication.integrity(buffer, 0, size, key));
        return this;
    }

    /** Adds the checksum that ends a message. */
    public StunWriter fingerprint() {
        if (sealed) {
            throw new IllegalStateException("Expected FINGERPRINT once");
        }
        sealed = true;
        byte[] value = new byte[StunAuthentication.FINGERPRINT_BYTES];
        BigEndian.put32(value, 0, StunAuthentication.fingerprint(buffer, 0, size));
        append(StunAttribute.FINGERPRINT, value);
        return this;
    }

    /** The message's bytes, a copy. */
    public byte[] finish() {
        return Arrays.copyOf(buffer, size);
    }

    private void append(int type, byte[] value) {
        int end = size + ATTRIBUTE_HEADER_BYTES + StunMessage.padded(value.length);
        if (end > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(end, 2 * buffer.length));
        }
        BigEndian.put16(buffer, size, type);
        BigEndian.put16(buffer, size + 2, value.length);
        System.arraycopy(value, 0, buffer, size + ATTRIBUTE_HEADER_BYTES, value.length);
        size = end;
        BigEndian.put16(buffer, 2, size - StunDemux.HEADER_BYTES);
    }
}
