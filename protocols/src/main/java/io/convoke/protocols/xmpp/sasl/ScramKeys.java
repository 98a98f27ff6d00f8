package io.convoke.protocols.xmpp.sasl;

import io.convoke.protocols.text.Saslprep;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * What a server keeps of a password (RFC 5802 §3): enough to check a proof, not enough to make one. The arrays belong to the record; nobody may change
 * them.
 *
 * @param iterations of the key's derivation
 * @param storedKey as long as the mechanism's hash
 * @param serverKey as long as the mechanism's hash
 */
@SuppressWarnings("ArrayRecordComponent")
public record ScramKeys(ScramMechanism mechanism, byte[] salt, int iterations, byte[] storedKey, byte[] serverKey) {
    /** RFC 7677 §4: at least so many. */
    public static final int MIN_ITERATIONS = 4096;

    private static final int SALT_BYTES = 16;

    /** From a password, which must not be empty after SASLprep; costs as many rounds of the hash as there are iterations. */
    public static ScramKeys derive(ScramMechanism mechanism, String password, byte[] salt, int iterations) {
        byte[] salted = salted(mechanism, password, salt, iterations);
        byte[] clientKey = mechanism.hmac(salted, ascii("Client Key"));
        return new ScramKeys(
                mechanism,
                salt.clone(),
                iterations,
                mechanism.hash(clientKey),
                mechanism.hmac(salted, ascii("Server Key")));
    }

    /**
     * For a name that does not exist: the same each time, so that nobody learns from the challenge which names do; no proof matches.
     *
     * @param secret of the server, the same on all nodes and not empty
     */
    public static ScramKeys ofNobody(ScramMechanism mechanism, String username, byte[] secret, int iterations) {
        ScramMechanism maker = ScramMechanism.SCRAM_SHA_256;
        byte[] salt = Arrays.copyOf(maker.hmac(secret, labelled("salt", mechanism, username)), SALT_BYTES);
        int length = mechanism.hash(new byte[0]).length;
        return new ScramKeys(
                mechanism,
                salt,
                iterations,
                Arrays.copyOf(maker.hmac(secret, labelled("stored", mechanism, username)), length),
                Arrays.copyOf(maker.hmac(secret, labelled("server", mechanism, username)), length));
    }

    /** Whether this is the password; takes equally long wherever they differ. */
    public boolean matches(String password) {
        if (Saslprep.prepare(password).isEmpty()) {
            return false;
        }
        ScramKeys other = derive(mechanism, password, salt, iterations);
        return MessageDigest.isEqual(storedKey, other.storedKey);
    }

    static byte[] salted(ScramMechanism mechanism, String password, byte[] salt, int iterations) {
        String prepared = Saslprep.prepare(password);
        if (prepared.isEmpty() || iterations < 1) {
            throw new IllegalArgumentException("Expected a password and iterations");
        }
        return mechanism.hi(prepared.getBytes(StandardCharsets.UTF_8), salt, iterations);
    }

    /** Never the keys. */
    @Override
    public String toString() {
        return "ScramKeys[mechanism=" + mechanism + ", iterations=" + iterations + "]";
    }

    private static byte[] labelled(String label, ScramMechanism mechanism, String username) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(ascii(label + ' ' + mechanism.wireName() + ' '));
        all.writeBytes(Saslprep.prepare(username).getBytes(StandardCharsets.UTF_8));
        return all.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
