package io.convoke.actors.storage;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Salted, slow hashes of passwords and passcodes: PBKDF2 with HMAC-SHA-256 (RFC 8018 §5.2). As text:
 * {@code pbkdf2-sha256$iterations$salt$hash}, the last two in Base64 without padding (16 and 32 bytes).
 */
public final class PasswordHash {
    /** For an administrator's password. Some hundred milliseconds of CPU. */
    public static final int ADMIN_ITERATIONS = 600_000;

    /**
     * For a meeting's passcode. Some ten milliseconds, since people wait for it in a join; growing delays and not the
     * hash are what stops guessing over the network.
     */
    public static final int PASSCODE_ITERATIONS = 60_000;

    private static final String SCHEME = "pbkdf2-sha256";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;

    private PasswordHash() {}

    /** Hashes with a new salt. The caller wipes {@code password}. */
    public static String of(char[] password, int iterations, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        Base64.Encoder text = Base64.getEncoder().withoutPadding();
        return SCHEME + "$" + iterations + "$" + text.encodeToString(salt) + "$"
                + text.encodeToString(derive(password, salt, iterations));
    }

    /** Whether the password is the one hashed. Takes the same time whether it is or not. */
    public static boolean matches(char[] password, String hash) {
        String[] parts = hash.split("\\$", -1);
        if (parts.length != 4 || !parts[0].equals(SCHEME)) {
            throw new IllegalStateException("Expected a hash of scheme " + SCHEME + ", but the database holds another");
        }
        byte[] expected = Base64.getDecoder().decode(parts[3]);
        byte[] salt = Base64.getDecoder().decode(parts[2]);
        return MessageDigest.isEqual(expected, derive(password, salt, Integer.parseInt(parts[1])));
    }

    private static byte[] derive(char[] password, byte[] salt, int iterations) {
        // An empty password is a legal guess, but the JDK takes no empty key: a NUL no caller can type stands for it.
        char[] given = password.length == 0 ? new char[1] : password;
        PBEKeySpec spec = new PBEKeySpec(given, salt, iterations, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every JDK has PBKDF2", missing);
        } finally {
            spec.clearPassword();
            if (given != password) {
                Arrays.fill(given, '\0');
            }
        }
    }
}
