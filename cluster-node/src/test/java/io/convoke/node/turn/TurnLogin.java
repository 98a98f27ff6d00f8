package io.convoke.node.turn;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A long-term credential. */
public record TurnLogin(String name, String password) {
    /** What a server that shares the secret would issue under this name. */
    public static TurnLogin issued(String name, String secret, String hmac) {
        try {
            Mac mac = Mac.getInstance(hmac);
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), hmac));
            return new TurnLogin(name, Base64.getEncoder().encodeToString(mac.doFinal(name.getBytes(UTF_8))));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The key of RFC 8489 §18.5.1.1, made with MD5. */
    public byte[] key(String realm) {
        return digest("MD5", realm);
    }

    /** The key made with another digest. */
    public byte[] digest(String algorithm, String realm) {
        try {
            return MessageDigest.getInstance(algorithm).digest((name + ":" + realm + ":" + password).getBytes(UTF_8));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
