package io.convoke.actors.c2w;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Verifies session tokens with one callbridge's public key. Thread-safe; never throws on a token. */
public final class JwtVerifier {
    /** What a token turned out to be. */
    public sealed interface Verdict {}

    /** Signed by the key, and not expired. */
    public record Genuine(SessionToken token) implements Verdict {}

    /** Signed by the key, but too late. */
    public record Expired(Instant at) implements Verdict {}

    /** Forged or malformed; {@code words} say which, and quote nothing of it. */
    public record Bad(String words) implements Verdict {}

    private static final int MOST_CHARS = 4096;
    private static final Bad NO_TOKEN = new Bad("The token is not one of ours.");
    private static final Bad FORGED = new Bad("The token's signature does not hold.");
    private static final Bad INCOMPLETE =
            new Bad("The token is signed, but lacks what a session's token says: expiry, guest, call or meeting.");

    private final ECDSAVerifier verifier;

    /** Throws {@link C2wFailure} when the JWK is no public P-256 key. */
    public JwtVerifier(Map<String, Object> jwk) throws C2wFailure {
        try {
            this.verifier = new ECDSAVerifier(ECKey.parse(jwk).toPublicJWK());
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            throw new C2wFailure(
                    C2wFailure.Reason.PROTOCOL,
                    "Expected a public P-256 key in the callbridge's hello, but found something else");
        }
    }

    /** The callbridge a token says it is from; nothing is verified. Empty where the token is no JWT. */
    public static Optional<UUID> callbridgeOf(String token) {
        if (token.length() > MOST_CHARS) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    UUID.fromString(SignedJWT.parse(token).getHeader().getKeyID()));
        } catch (ParseException | IllegalArgumentException | NullPointerException e) {
            return Optional.empty();
        }
    }

    /** {@code now} by the wall clock. */
    public Verdict verify(String token, Instant now) {
        if (token.length() > MOST_CHARS) {
            return NO_TOKEN;
        }
        SignedJWT jwt;
        try {
            jwt = SignedJWT.parse(token);
            if (!JWSAlgorithm.ES256.equals(jwt.getHeader().getAlgorithm()) || !jwt.verify(verifier)) {
                return FORGED;
            }
        } catch (ParseException | JOSEException | IllegalArgumentException | NullPointerException e) {
            return NO_TOKEN;
        }
        try {
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            Instant expires = claims.getExpirationTime().toInstant();
            if (!now.isBefore(expires)) {
                return new Expired(expires);
            }
            return new Genuine(new SessionToken(
                    Objects.requireNonNull(claims.getSubject()),
                    Objects.requireNonNull(claims.getStringClaim("name")),
                    guid(claims, "participant"),
                    guid(claims, "call"),
                    guid(claims, "callbridge"),
                    guid(claims, "session"),
                    guid(claims, "space"),
                    Boolean.TRUE.equals(claims.getBooleanClaim("tracing")),
                    expires));
        } catch (ParseException | IllegalArgumentException | NullPointerException e) {
            // A missing claim is as bad as a wrong one; nothing of the token is worth keeping.
            return INCOMPLETE;
        }
    }

    private static UUID guid(JWTClaimsSet claims, String name) throws ParseException {
        return UUID.fromString(claims.getStringClaim(name));
    }
}
