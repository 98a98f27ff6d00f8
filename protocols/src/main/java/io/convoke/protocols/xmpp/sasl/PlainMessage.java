package io.convoke.protocols.xmpp.sasl;

import io.convoke.protocols.text.Saslprep;
import java.util.Optional;

/**
 * PLAIN's only message (RFC 4616 §2).
 *
 * @param authorizationId as whom the client wants to act; empty: as itself
 * @param username as SASLprep leaves it
 */
public record PlainMessage(String authorizationId, String username, String password) {
    private static final int MAX_BYTES = 255;

    /** Empty where it is not well-formed. */
    public static Optional<PlainMessage> read(byte[] data) {
        String text = ScramText.utf8(data);
        String[] parts = text == null ? new String[0] : text.split("\0", -1);
        if (parts.length != 3 || parts[1].isEmpty() || parts[2].isEmpty()) {
            return Optional.empty();
        }
        for (String part : parts) {
            if (ScramText.bytes(part).length > MAX_BYTES) {
                return Optional.empty();
            }
        }
        String username = Saslprep.prepare(parts[1]);
        boolean clean = !username.isEmpty() && username.chars().noneMatch(Character::isISOControl);
        return clean ? Optional.of(new PlainMessage(parts[0], username, parts[2])) : Optional.empty();
    }

    /** Never the password. */
    @Override
    public String toString() {
        return "PlainMessage[username=" + username + "]";
    }
}
