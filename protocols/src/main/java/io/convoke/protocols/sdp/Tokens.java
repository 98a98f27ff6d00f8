package io.convoke.protocols.sdp;

/** The small grammar all lines share (RFC 8866 §9). */
final class Tokens {
    private Tokens() {}

    /** One or more token characters, or any of {@code more}. */
    static boolean isToken(String text, String more) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean fine = c == '!' || (c >= '#' && c <= '\'') || c == '*' || c == '+' || c == '-' || c == '.';
            fine = fine || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= '^' && c <= '~');
            if (!fine && more.indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Decimal digits as a number of at most {@code max}; -1 when it is anything else. */
    static int number(String text, int max) {
        if (text.isEmpty() || text.length() > 9) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value > max ? -1 : value;
    }

    /** The line for an error text; passwords stay out of those. */
    static String withoutSecret(String line) {
        return line.contains("ice-pwd") || line.contains("crypto") ? "a line with a secret" : line;
    }
}
