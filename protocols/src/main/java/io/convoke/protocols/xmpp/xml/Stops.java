package io.convoke.protocols.xmpp.xml;

/** Which bytes end a run of those that need no decision; control characters end every run. */
final class Stops {
    static final int TEXT = 1;
    static final int VALUE = 2;
    static final int TAG = 4;
    static final int CDATA = 8;

    private static final byte[] TABLE = table();

    private Stops() {}

    static boolean at(byte octet, int kind) {
        return (TABLE[octet & 0xFF] & kind) != 0;
    }

    private static byte[] table() {
        byte[] table = new byte[256];
        for (int octet = 0; octet < ' '; octet++) {
            boolean allowed = octet == '\n' || octet == '\t' || octet == '\r';
            table[octet] = (byte) (allowed ? 0 : TEXT | VALUE | TAG | CDATA);
        }
        mark(table, "<&]>", TEXT);
        mark(table, "<&'\"", VALUE);
        mark(table, "<&'\"=/>", TAG);
        mark(table, "]", CDATA);
        return table;
    }

    private static void mark(byte[] table, String octets, int kind) {
        for (int index = 0; index < octets.length(); index++) {
            table[octets.charAt(index)] |= (byte) kind;
        }
    }
}
