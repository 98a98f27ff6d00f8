package io.convoke.actors.guest;

import akka.Done;
import akka.actor.typed.ActorSystem;
import io.convoke.actors.storage.Database;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * Guests' credentials in the database, behind a bounded queue: under load many rows share a transaction. Safe from any
 * thread, never blocks.
 */
public interface CredentialStore {
    /** A store over an open database; its stream ends with the actor system. */
    static CredentialStore over(ActorSystem<?> system, Database database, CredentialStoreSettings settings) {
        return new QueuedCredentialStore(system, database, settings);
    }

    /**
     * Stores it. Fails with {@link CredentialQueueFull} at once when the queue has no room, and with the database's
     * error otherwise, as when the user has a credential already.
     */
    CompletionStage<StoredCredential> store(Credential credential, StorageProgress progress);

    /** Stores it, with nobody listening to the progress. */
    default CompletionStage<StoredCredential> store(Credential credential) {
        return store(credential, StorageProgress.unheard());
    }

    /** Removes a user's credential; done too when there is none. */
    CompletionStage<Done> remove(String user);

    /** Removes all credentials of a callbridge (at its start, after a crash) and answers how many there were. */
    CompletionStage<Integer> removeAllOf(UUID callbridge);

    /** How many credentials there are. */
    CompletionStage<Long> count();

    /** How many wait in the queue or in a transaction at this moment. */
    int queueLength();
}
