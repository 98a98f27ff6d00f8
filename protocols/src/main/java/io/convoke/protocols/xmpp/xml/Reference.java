package io.convoke.protocols.xmpp.xml;

/** One reference, from behind its {@code &}: a predefined entity, or a character's number, which is not judged here. */
final class Reference {
    enum Verdict {
        MORE,
        DONE,
        MALFORMED,
        UNDECLARED
    }

    /** The longest predefined name is {@code quot} or {@code apos}. */
    private static final int LONGEST = 4;

    private long name;
    private int length;
    private boolean number;

    Verdict take(byte octet) {
        if (octet == ';') {
            if (length == 0) {
                return Verdict.MALFORMED;
            }
            return number || isPredefined() ? Verdict.DONE : Verdict.UNDECLARED;
        }
        if (octet == '#' && length == 0) {
            number = true;
        } else if (!belongs(octet)) {
            return Verdict.MALFORMED;
        }
        if (++length > LONGEST && !number) {
            return Verdict.UNDECLARED;
        }
        name = (name << 8) | (octet & 0xFF);
        return Verdict.MORE;
    }

    private boolean isPredefined() {
        return name == 0x616D70 // amp
                || name == 0x6C74 // lt
                || name == 0x6774 // gt
                || name == 0x61706F73 // apos
                || name == 0x71756F74; // quot
    }

    private static boolean belongs(byte octet) {
        return octet < 0
                || (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || octet == '.'
                || octet == '-'
                || octet == '_'
                || octet == ':';
    }
}
