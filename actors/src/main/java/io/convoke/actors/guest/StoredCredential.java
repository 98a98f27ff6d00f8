package io.convoke.actors.guest;

import java.util.UUID;

/**
 * A credential that is in the database now.
 *
 * @param user its user ID
 * @param participant its participant
 * @param batchRows how many credentials the same transaction stored
 */
public record StoredCredential(String user, UUID participant, int batchRows) {}
