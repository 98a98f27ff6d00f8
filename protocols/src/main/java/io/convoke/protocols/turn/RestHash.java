package io.convoke.protocols.turn;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How the password of a time-limited user follows from its name: Base64 of an HMAC with a secret the issuer shares. */
public enum RestHash {
    SHA1("HmacSHA1"),
    SHA256("HmacSHA256");

    private final String algorithm;

    RestHash(String algorithm) {
        this.algorithm = algorithm;
    }

    /** The password that belongs to a name such as {@code 1700000000:alice}, the number being the second it expires in. */
    public String password(byte[] secret, String username) {
        return password(keyed(secret), username);
    }

    /** An HMAC with that secret, to be copied for each use. */
    Mac keyed(byte[] secret) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret, algorithm));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Expected the JDK to know " + algorithm + ", but it does not", e);
        }
    }

    static String password(Mac keyed, String username) {
        return Base64.getEncoder().encodeToString(keyed.doFinal(username.getBytes(UTF_8)));
    }
}
