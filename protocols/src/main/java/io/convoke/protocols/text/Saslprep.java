package io.convoke.protocols.text;

import java.text.Normalizer;

/** RFC 4013's mapping and normalization, without its prohibitions. */
public final class Saslprep {
    private static final int END_OF_ASCII = 0x80;

    private Saslprep() {}

    /** Printable ASCII comes back as it is. */
    public static String prepare(String text) {
        if (text.chars().allMatch(unit -> unit < END_OF_ASCII)) {
            return text;
        }
        StringBuilder mapped = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (Character.getType(point) == Character.SPACE_SEPARATOR) {
                mapped.append(' ');
            } else if (!isMappedToNothing(point)) {
                mapped.appendCodePoint(point);
            }
        });
        return Normalizer.normalize(mapped, Normalizer.Form.NFKC);
    }

    /** RFC 3454 table B.1. */
    private static boolean isMappedToNothing(int point) {
        return point == 0x00AD
                || point == 0x034F
                || point == 0x1806
                || (point >= 0x180B && point <= 0x180D)
                || (point >= 0x200B && point <= 0x200D)
                || point == 0x2060
                || (point >= 0xFE00 && point <= 0xFE0F)
                || point == 0xFEFF;
    }
}
