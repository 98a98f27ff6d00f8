package io.convoke.protocols.xmpp.registration;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Walks over DER values one after the other (X.690 §8.1), as far as an otherName needs it. Null for whatever is not well-formed. */
final class DerReader {
    /** Universal and context tags in use. */
    static final int OBJECT_IDENTIFIER = 0x06;

    static final int UTF8_STRING = 0x0C;
    static final int IA5_STRING = 0x16;
    static final int CONTEXT_0 = 0xA0;
    static final int SEQUENCE = 0x30;

    private static final int MAX_LENGTH_BYTES = 3;

    private final byte[] bytes;
    private int position;

    DerReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The next value's tag, or -1. */
    int tag() {
        return position < bytes.length ? bytes[position] & 0xFF : -1;
    }

    /** The content of the next value, which must have that tag. */
    byte @Nullable [] content(int tag) {
        if (tag() != tag || position + 1 >= bytes.length) {
            return null;
        }
        int start = position + 2;
        int length = bytes[position + 1] & 0xFF;
        if (length > 0x7F) {
            int more = length & 0x7F;
            if (more > MAX_LENGTH_BYTES || start + more > bytes.length) {
                return null;
            }
            length = 0;
            for (int i = 0; i < more; i++) {
                length = (length << 8) | (bytes[start++] & 0xFF);
            }
        }
        if (length > bytes.length - start) {
            return null;
        }
        position = start + length;
        return Arrays.copyOfRange(bytes, start, position);
    }

    /** The text of the next value, UTF8String or IA5String. */
    @Nullable
    String text() {
        byte[] content = content(tag() == IA5_STRING ? IA5_STRING : UTF8_STRING);
        return content == null ? null : new String(content, StandardCharsets.UTF_8);
    }
}
