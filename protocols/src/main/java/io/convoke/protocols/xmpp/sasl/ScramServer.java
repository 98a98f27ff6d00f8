package io.convoke.protocols.xmpp.sasl;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of one SCRAM exchange (RFC 5802 §5): {@link #handleFirst}, then {@link #handleKeys} with the keys of the one who asks (or {@link
 * ScramKeys#ofNobody}), then {@link #handleFinal}. Each at most once and in this order; a {@link Step.Failure} ends it.
 */
public final class ScramServer {
    /** What comes next. Failures have RFC 6120 §6.5's names. */
    public sealed interface Step {
        /**
         * Look the keys up and answer with {@link #handleKeys}.
         *
         * @param username as SASLprep leaves it
         * @param authorizationId as whom the client wants to act; empty: as itself
         */
        record AskKeys(String username, String authorizationId) implements Step {}

        /** Send this as challenge. */
        @SuppressWarnings("ArrayRecordComponent")
        record Challenge(byte[] data) implements Step {}

        /** The client has proved its password; send {@code data} with the success. */
        @SuppressWarnings("ArrayRecordComponent")
        record Success(String username, String authorizationId, byte[] data) implements Step {}

        record Failure(String condition, String text) implements Step {}
    }

    private static final String MALFORMED = "malformed-request";

    private final ScramMechanism mechanism;
    private final String serverNonce;
    private @Nullable ClientFirst first;
    private @Nullable ScramKeys keys;
    private String serverFirst = "";

    /** @param serverNonce printable ASCII without commas, not guessable, never used twice */
    public ScramServer(ScramMechanism mechanism, String serverNonce) {
        if (!ScramText.isNonce(serverNonce)) {
            throw new IllegalArgumentException("Expected a nonce of printable ASCII without commas");
        }
        this.mechanism = mechanism;
        this.serverNonce = serverNonce;
    }

    /** The client's first message: {@link Step.AskKeys} or {@link Step.Failure}. */
    public Step handleFirst(byte[] data) {
        String text = ScramText.utf8(data);
        if (first != null || text == null) {
            return new Step.Failure(MALFORMED, "Expected the client's first message");
        }
        if (text.startsWith("p=")) {
            return new Step.Failure(MALFORMED, "Expected no channel binding: it is not offered");
        }
        ClientFirst read = ClientFirst.read(text);
        if (read == null) {
            return new Step.Failure(MALFORMED, "Expected the client's first message");
        }
        first = read;
        return new Step.AskKeys(read.username(), read.authorizationId());
    }

    /** The keys of the user asked for, of this mechanism. */
    public Step handleKeys(ScramKeys found) {
        ClientFirst asked = first;
        if (asked == null || keys != null || found.mechanism() != mechanism) {
            throw new IllegalStateException("Expected keys of " + mechanism + " once, after the first message");
        }
        keys = found;
        serverFirst = "r=" + asked.nonce() + serverNonce + ",s=" + ScramText.base64(found.salt()) + ",i="
                + found.iterations();
        return new Step.Challenge(ScramText.bytes(serverFirst));
    }

    /** The client's final message: {@link Step.Success} or {@link Step.Failure}. */
    public Step handleFinal(byte[] data) {
        ClientFirst asked = first;
        ScramKeys known = keys;
        String text = ScramText.utf8(data);
        first = null;
        if (asked == null || known == null || text == null) {
            return new Step.Failure(MALFORMED, "Expected the client's final message");
        }
        int cut = text.lastIndexOf(",p=");
        String[] parts = cut < 0 ? new String[0] : text.substring(0, cut).split(",", -1);
        byte[] proof = cut < 0 ? null : ScramText.unbase64(text.substring(cut + 3));
        String binding = parts.length < 2 ? null : ScramText.value(parts[0], 'c');
        if (proof == null
                || proof.length != known.storedKey().length
                || binding == null
                || !binding.equals(ScramText.base64(ScramText.bytes(asked.gs2Header())))) {
            return new Step.Failure(MALFORMED, "Expected the client's final message");
        }
        String nonce = ScramText.value(parts[1], 'r');
        String authMessage = asked.bare() + "," + serverFirst + "," + text.substring(0, cut);
        boolean same = nonce != null && nonce.equals(asked.nonce() + serverNonce);
        if (!same || !proves(known, proof, authMessage)) {
            return new Step.Failure("not-authorized", "Expected another user name or password");
        }
        byte[] signature = mechanism.hmac(known.serverKey(), ScramText.bytes(authMessage));
        return new Step.Success(
                asked.username(), asked.authorizationId(), ScramText.bytes("v=" + ScramText.base64(signature)));
    }

    private boolean proves(ScramKeys known, byte[] proof, String authMessage) {
        byte[] signature = mechanism.hmac(known.storedKey(), ScramText.bytes(authMessage));
        byte[] clientKey = ScramText.xor(proof, signature);
        return MessageDigest.isEqual(mechanism.hash(clientKey), known.storedKey());
    }
}
