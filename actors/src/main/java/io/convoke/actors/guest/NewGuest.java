package io.convoke.actors.guest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * A guest's account to be, however the guest came in.
 *
 * @param user the account's ID: {@code guest} and ten digits
 * @param participant GUID of the call leg to be
 * @param secret 256 random bits that the guest's token carries and the database knows only the hash of
 */
public record NewGuest(String user, UUID participant, String secret) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 32;

    public static NewGuest fresh() {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return new NewGuest(
                "guest" + (1_000_000_000L + Math.floorMod(RANDOM.nextLong(), 9_000_000_000L)),
                UUID.randomUUID(),
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    public Credential credential(UUID callbridge, Instant expires) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return new Credential(user, participant, callbridge, hash, expires);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected SHA-256 in every Java", e);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "NewGuest[" + user + " " + participant + "]";
    }
}
