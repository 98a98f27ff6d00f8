package io.convoke.protocols.sdp;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Digest of the certificate a peer will show (RFC 8122 §5).
 *
 * @param algorithm {@code sha-256}, {@code sha-384} or {@code sha-512}
 * @param value upper-case hexadecimal bytes with colons between, as long as the algorithm's digest
 */
public record Fingerprint(String algorithm, String value) {
    private static final Pattern HEX = Pattern.compile("[0-9A-F]{2}(?::[0-9A-F]{2})*");

    public Fingerprint {
        if (lengthBytes(algorithm) < 0
                || value.length() != 3 * lengthBytes(algorithm) - 1
                || !HEX.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "Expected a sha-256, sha-384 or sha-512 fingerprint, but found another form");
        }
    }

    /** Reads {@code sha-256 AB:CD:...}; null when the hash is too weak, unknown or of the wrong length. */
    public static @Nullable Fingerprint parse(String attributeValue) {
        String[] parts = attributeValue.trim().split(" +", 3);
        String algorithm = parts[0].toLowerCase(Locale.ROOT);
        if (parts.length != 2 || lengthBytes(algorithm) < 0) {
            return null;
        }
        String value = parts[1].toUpperCase(Locale.ROOT);
        boolean fits = value.length() == 3 * lengthBytes(algorithm) - 1
                && HEX.matcher(value).matches();
        return fits ? new Fingerprint(algorithm, value) : null;
    }

    /** The digest itself, in a new array. */
    public byte[] digest() {
        byte[] bytes = new byte[lengthBytes(algorithm)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(value, 3 * i, 3 * i + 2, 16);
        }
        return bytes;
    }

    private static int lengthBytes(String algorithm) {
        return switch (algorithm) {
            case "sha-256" -> 32;
            case "sha-384" -> 48;
            case "sha-512" -> 64;
            default -> -1;
        };
    }

    @Override
    public String toString() {
        return algorithm + " " + value;
    }
}
