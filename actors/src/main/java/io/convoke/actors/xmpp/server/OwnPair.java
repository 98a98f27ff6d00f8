package io.convoke.actors.xmpp.server;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;

/**
 * How the callbridge of a node registers with the server of the same node by itself.
 *
 * @param name its address there
 * @param secret made up for this run of the node, and stored nowhere
 */
public record OwnPair(String name, String secret) {
    private static final int SECRET_BYTES = 32;

    public static OwnPair of(UUID callbridge) {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return new OwnPair("callbridge-" + callbridge, HexFormat.of().formatHex(secret));
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "OwnPair[" + name + "]";
    }
}
