package io.convoke.protocols.stun;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;

/**
 * What a nonce of RFC 8489 begins with: {@code obMatJos2} and 24 flags in four characters of Base64 (§9.2). A client that
 * knows them notices when somebody on the way has removed the attribute that a flag announces.
 *
 * <p>Flags are counted from the right, as in the sample of appendix B.1 ({@code AAAC} for {@link #USERNAME_ANONYMITY})
 * and in erratum 6290; the text of §18.1 counts them from the left.
 */
public final class NonceCookie {
    /** Flag: the server offers PASSWORD-ALGORITHMS. */
    public static final int PASSWORD_ALGORITHMS = 1;
    /** Flag: the server takes USERHASH instead of USERNAME. */
    public static final int USERNAME_ANONYMITY = 1 << 1;

    /** Characters of a cookie. */
    public static final int LENGTH = 13;

    private static final byte[] PREFIX = "obMatJos2".getBytes(US_ASCII);
    private static final int FLAGS_LENGTH = 4;
    private static final int NO_FLAGS = 0;

    private NonceCookie() {}

    /** The cookie for these flags, 13 characters. */
    public static String of(int flags) {
        byte[] bytes = {(byte) (flags >>> 16), (byte) (flags >>> 8), (byte) flags};
        return new String(PREFIX, US_ASCII) + Base64.getEncoder().encodeToString(bytes);
    }

    /** The flags a nonce begins with; 0 if it begins with no cookie. */
    public static int flags(byte[] nonce) {
        return flags(nonce, 0, nonce.length);
    }

    /** The same for a nonce within an array. */
    public static int flags(byte[] bytes, int offset, int length) {
        if (length < LENGTH) {
            return NO_FLAGS;
        }
        for (int i = 0; i < PREFIX.length; i++) {
            if (bytes[offset + i] != PREFIX[i]) {
                return NO_FLAGS;
            }
        }
        int flags = 0;
        for (int i = 0; i < FLAGS_LENGTH; i++) {
            int six = sixBits(bytes[offset + PREFIX.length + i]);
            if (six < 0) {
                return NO_FLAGS;
            }
            flags = flags << 6 | six;
        }
        return flags;
    }

    private static int sixBits(byte character) {
        if (character >= 'A' && character <= 'Z') {
            return character - 'A';
        }
        if (character >= 'a' && character <= 'z') {
            return character - 'a' + 26;
        }
        if (character >= '0' && character <= '9') {
            return character - '0' + 52;
        }
        return character == '+' ? 62 : character == '/' ? 63 : -1;
    }
}
