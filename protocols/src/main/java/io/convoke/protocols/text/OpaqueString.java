package io.convoke.protocols.text;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * The OpaqueString profile (RFC 8265 §4.2) over PRECIS's FreeformClass (RFC 8264 §4.3): spaces become U+0020, the rest
 * is composed (NFC), and what cannot be typed or seen is not allowed. Of the characters that are allowed in some context
 * only (RFC 5892 appendix A) the joiners are refused and the others taken anywhere.
 */
public final class OpaqueString {
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int DELETE = 0x7F;

    private OpaqueString() {}

    /** The prepared form; null for an empty text and for one with characters that are not allowed. */
    public static @Nullable String prepare(String text) {
        if (text.isEmpty()) {
            return null;
        }
        if (text.chars().allMatch(unit -> unit >= FIRST_PRINTABLE && unit < DELETE)) {
            return text;
        }
        StringBuilder mapped = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            boolean space = Character.getType(point) == Character.SPACE_SEPARATOR;
            if (!space && isDisallowed(point)) {
                return null;
            }
            mapped.appendCodePoint(space ? ' ' : point);
            at += Character.charCount(point);
        }
        return Normalizer.normalize(mapped, Normalizer.Form.NFC);
    }

    private static boolean isDisallowed(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.PRIVATE_USE
                || type == Character.UNASSIGNED
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || isIgnorable(point)
                || isOldHangulJamo(point);
    }

    /** Default_Ignorable_Code_Point as far as it is not of the category Cf or Cn. */
    private static boolean isIgnorable(int point) {
        return point == 0x034F
                || point == 0x115F
                || point == 0x1160
                || point == 0x17B4
                || point == 0x17B5
                || (point >= 0x180B && point <= 0x180F)
                || point == 0x3164
                || (point >= 0xFE00 && point <= 0xFE0F)
                || point == 0xFFA0
                || (point >= 0xE0100 && point <= 0xE01EF);
    }

    /** RFC 8264 §9.9. */
    private static boolean isOldHangulJamo(int point) {
        return (point >= 0x1100 && point <= 0x11FF)
                || (point >= 0xA960 && point <= 0xA97C)
                || (point >= 0xD7B0 && point <= 0xD7FB);
    }
}
