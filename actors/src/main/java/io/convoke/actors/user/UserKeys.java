package io.convoke.actors.user;

import io.convoke.protocols.xmpp.sasl.ScramKeys;
import io.convoke.protocols.xmpp.sasl.ScramMechanism;
import java.security.SecureRandom;

/** What a user's logins are judged by, for each kind of SCRAM. */
public record UserKeys(ScramKeys sha1, ScramKeys sha256) {
    /** Of the keys that we make. The client has to compute as many, on whatever it runs on. */
    public static final int ITERATIONS = 10_000;

    private static final int SALT_BYTES = 16;

    public ScramKeys of(ScramMechanism mechanism) {
        return mechanism == ScramMechanism.SCRAM_SHA_1 ? sha1 : sha256;
    }

    /** With salts of their own. Takes some ten milliseconds of CPU. */
    static UserKeys derive(String password, SecureRandom random) {
        return new UserKeys(
                derive(ScramMechanism.SCRAM_SHA_1, password, random),
                derive(ScramMechanism.SCRAM_SHA_256, password, random));
    }

    private static ScramKeys derive(ScramMechanism mechanism, String password, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return ScramKeys.derive(mechanism, password, salt, ITERATIONS);
    }
}
