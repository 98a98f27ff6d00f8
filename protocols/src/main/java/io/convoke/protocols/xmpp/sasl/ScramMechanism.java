package io.convoke.protocols.xmpp.sasl;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** SCRAM with one hash function. */
public enum ScramMechanism {
    SCRAM_SHA_1("SCRAM-SHA-1", "SHA-1", "HmacSHA1"),
    SCRAM_SHA_256("SCRAM-SHA-256", "SHA-256", "HmacSHA256");

    private final String wireName;
    private final String hash;
    private final String hmac;

    ScramMechanism(String wireName, String hash, String hmac) {
        this.wireName = wireName;
        this.hash = hash;
        this.hmac = hmac;
    }

    /** As in the list of mechanisms. */
    public String wireName() {
        return wireName;
    }

    public static Optional<ScramMechanism> named(String wireName) {
        return Arrays.stream(values())
                .filter(mechanism -> mechanism.wireName.equals(wireName))
                .findFirst();
    }

    byte[] hash(byte[] input) {
        try {
            return MessageDigest.getInstance(hash).digest(input);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Expected " + hash + " in the JDK, but it has none", missing);
        }
    }

    byte[] hmac(byte[] key, byte[] input) {
        return mac(key).doFinal(input);
    }

    /** RFC 5802 §2.2: PBKDF2 with one block. */
    byte[] hi(byte[] password, byte[] salt, int iterations) {
        Mac mac = mac(password);
        mac.update(salt);
        byte[] block = mac.doFinal(new byte[] {0, 0, 0, 1});
        byte[] result = block.clone();
        for (int round = 1; round < iterations; round++) {
            block = mac.doFinal(block);
            for (int index = 0; index < result.length; index++) {
                result[index] ^= block[index];
            }
        }
        return result;
    }

    private Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(hmac);
            mac.init(new SecretKeySpec(key, hmac));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException missing) {
            throw new IllegalStateException("Expected " + hmac + " in the JDK, but it does not work", missing);
        }
    }
}
