package io.convoke.actors.guest;

import java.time.Instant;
import java.util.UUID;

/**
 * What a guest's session must prove, as the database keeps it.
 *
 * @param user user ID, unique
 * @param participant GUID of the guest's call leg
 * @param callbridge the callbridge that answers for the account; a crash of it removes the row
 * @param secretHash SHA-256 of the secret; never the secret itself. Owned by this record, not to be changed
 * @param expires when it stops to hold
 */
@SuppressWarnings("ArrayRecordComponent") // on its way to a row; nobody compares two of them
public record Credential(String user, UUID participant, UUID callbridge, byte[] secretHash, Instant expires) {
    /** Everything but the hash. */
    @Override
    public String toString() {
        return "Credential[" + user + " " + participant + " until " + expires + "]";
    }
}
