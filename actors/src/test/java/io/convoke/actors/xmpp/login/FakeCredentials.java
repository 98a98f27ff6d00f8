package io.convoke.actors.xmpp.login;

import akka.Done;
import io.convoke.actors.guest.Credential;
import io.convoke.actors.guest.CredentialStore;
import io.convoke.actors.guest.StorageProgress;
import io.convoke.actors.guest.StoredCredential;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Credentials in memory; each is stored when the test says so. */
final class FakeCredentials implements CredentialStore {
    final List<Credential> rows = new CopyOnWriteArrayList<>();
    volatile CompletableFuture<Done> database = CompletableFuture.completedFuture(Done.getInstance());

    @Override
    public CompletionStage<StoredCredential> store(Credential credential, StorageProgress progress) {
        progress.scheduled(1);
        progress.executed();
        progress.inProgress();
        return database.thenApply(done -> {
            rows.add(credential);
            return new StoredCredential(credential.user(), credential.participant(), 1);
        });
    }

    @Override
    public CompletionStage<Done> remove(String user) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Integer> removeAllOf(UUID callbridge) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Long> count() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int queueLength() {
        return 0;
    }
}
