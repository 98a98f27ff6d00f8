package io.convoke.protocols.xmpp.xml;

/** UTF-8 as RFC 3629 has it, and of that only what XML 1.0 §2.2 allows. */
final class Utf8 {
    private Utf8() {}

    /** Whether all of it is whole sequences of the shortest form, without surrogates and U+FFFE and U+FFFF. ASCII is not looked at. */
    static boolean isXml(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int lead = bytes[at++];
            if (lead >= 0) {
                continue;
            }
            int more =
                    lead < (byte) 0xC2 || lead > (byte) 0xF4 ? 0 : lead < (byte) 0xE0 ? 1 : lead < (byte) 0xF0 ? 2 : 3;
            if (more == 0 || to - at < more) {
                return false;
            }
            int point = lead & (0x3F >> more);
            for (int index = 0; index < more; index++) {
                int octet = bytes[at++];
                if ((octet & 0xC0) != 0x80) {
                    return false;
                }
                point = (point << 6) | (octet & 0x3F);
            }
            if (!isAllowed(point, more)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowed(int point, int more) {
        boolean shortest = more == 1 || (more == 2 && point >= 0x800) || (more == 3 && point >= 0x10000);
        return shortest
                && point <= Character.MAX_CODE_POINT
                && !(point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)
                && point != 0xFFFE
                && point != 0xFFFF;
    }
}
