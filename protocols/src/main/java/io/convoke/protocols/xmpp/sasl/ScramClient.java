package io.convoke.protocols.xmpp.sasl;

import io.convoke.protocols.text.Saslprep;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The client's end of one SCRAM exchange (RFC 5802 §5): {@link #first}, {@link #handleChallenge}, {@link #handleSuccess}, in this order. */
public final class ScramClient {
    /** More would keep this machine busy for the server's pleasure. */
    static final int MAX_ITERATIONS = 1_000_000;

    private static final String GS2_HEADER = "n,,";

    private final ScramMechanism mechanism;
    private final String bare;
    private final String password;
    private final String nonce;
    private byte @Nullable [] expectedSignature;

    /**
     * One exchange.
     *
     * @param password not empty
     * @param nonce printable ASCII without commas, not guessable, never used twice
     */
    public ScramClient(ScramMechanism mechanism, String username, String password, String nonce) {
        if (!ScramText.isNonce(nonce)) {
            throw new IllegalArgumentException("Expected a nonce of printable ASCII without commas");
        }
        this.mechanism = mechanism;
        this.password = password;
        this.nonce = nonce;
        bare = "n=" + ScramText.escaped(Saslprep.prepare(username)) + ",r=" + nonce;
    }

    /** The first message. */
    public byte[] first() {
        return ScramText.bytes(GS2_HEADER + bare);
    }

    /** The final message; null where the server's challenge is not acceptable: give up. */
    public byte @Nullable [] handleChallenge(byte[] challenge) {
        String serverFirst = ScramText.utf8(challenge);
        String[] parts = serverFirst == null ? new String[0] : serverFirst.split(",", -1);
        if (parts.length < 3) {
            return null;
        }
        String both = ScramText.value(parts[0], 'r');
        String salt64 = ScramText.value(parts[1], 's');
        byte[] salt = salt64 == null ? null : ScramText.unbase64(salt64);
        int iterations = iterations(ScramText.value(parts[2], 'i'));
        boolean fresh =
                ScramText.isNonce(both) && both != null && both.startsWith(nonce) && both.length() > nonce.length();
        if (!fresh || salt == null || salt.length == 0 || iterations == 0) {
            return null;
        }
        byte[] salted = ScramKeys.salted(mechanism, password, salt, iterations);
        String withoutProof = "c=" + ScramText.base64(ScramText.bytes(GS2_HEADER)) + ",r=" + both;
        byte[] authMessage = ScramText.bytes(bare + "," + serverFirst + "," + withoutProof);
        byte[] clientKey = mechanism.hmac(salted, ScramText.bytes("Client Key"));
        byte[] proof = ScramText.xor(clientKey, mechanism.hmac(mechanism.hash(clientKey), authMessage));
        expectedSignature = mechanism.hmac(mechanism.hmac(salted, ScramText.bytes("Server Key")), authMessage);
        return ScramText.bytes(withoutProof + ",p=" + ScramText.base64(proof));
    }

    /** Whether the server, too, has proved that it knows the password. */
    public boolean handleSuccess(byte[] data) {
        byte[] expected = expectedSignature;
        String text = ScramText.utf8(data);
        String signature = text == null ? null : ScramText.value(text.split(",", -1)[0], 'v');
        byte[] given = signature == null ? null : ScramText.unbase64(signature);
        return expected != null && given != null && MessageDigest.isEqual(expected, given);
    }

    /** 0 where it is none, or one out of bounds. */
    private static int iterations(@Nullable String text) {
        if (text == null || !text.matches("[1-9][0-9]{0,6}")) {
            return 0;
        }
        int iterations = Integer.parseInt(text);
        return iterations < ScramKeys.MIN_ITERATIONS || iterations > MAX_ITERATIONS ? 0 : iterations;
    }
}
