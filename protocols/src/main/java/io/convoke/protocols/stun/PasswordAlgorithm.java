package io.convoke.protocols.stun;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** How a long-term password becomes the key of the message integrity (RFC 8489 §18.5). Neither has parameters. */
public enum PasswordAlgorithm {
    MD5(1, "MD5"),
    SHA256(2, "SHA-256");

    private final int number;
    private final String digest;

    PasswordAlgorithm(int number, String digest) {
        this.number = number;
        this.digest = digest;
    }

    /** As PASSWORD-ALGORITHM has it in its first two bytes. */
    public int number() {
        return number;
    }

    /** The algorithm of this number; null if there is none. */
    public static @Nullable PasswordAlgorithm of(int number) {
        return number == MD5.number ? MD5 : number == SHA256.number ? SHA256 : null;
    }

    /** The key: a hash over {@code username:realm:password} (§18.5.1). All three as they are, prepared or not. */
    public byte[] key(String username, String realm, String password) {
        return hash(digest, username + ":" + realm + ":" + password);
    }

    /** The value of USERHASH (§14.4): SHA-256 over {@code username:realm}, as they are. */
    public static byte[] userhash(String username, String realm) {
        return hash(SHA256.digest, username + ":" + realm);
    }

    private static byte[] hash(String algorithm, String text) {
        try {
            return MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected the JDK to know " + algorithm + ", but it does not", e);
        }
    }
}
