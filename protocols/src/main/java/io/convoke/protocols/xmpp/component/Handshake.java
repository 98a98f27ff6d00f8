package io.convoke.protocols.xmpp.component;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What proves that a component knows the secret (XEP-0114 §3, item 3). */
final class Handshake {
    private Handshake() {}

    /** Lower-case hexadecimal SHA-1 of the stream's ID and the secret. */
    static String digest(String streamId, String secret) {
        try {
            byte[] both = (streamId + secret).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(both));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Expected SHA-1 in the JDK, but it has none", missing);
        }
    }

    /** Takes equally long wherever they differ. */
    static boolean matches(String streamId, String secret, String given) {
        return MessageDigest.isEqual(
                digest(streamId, secret).getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
