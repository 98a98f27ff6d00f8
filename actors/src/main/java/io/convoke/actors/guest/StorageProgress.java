package io.convoke.actors.guest;

/**
 * Hears how far the storing of one credential is, in this order. Called on the store's own threads but for
 * {@link #scheduled}; must be quick and must not throw: an actor tells itself.
 */
public interface StorageProgress {
    /** It is in the queue. On the caller's thread, before {@code store} returns. */
    void scheduled(int queueLength);

    /** It left the queue and its transaction was handed to the database's threads. */
    void executed();

    /** The database has a connection for it and is working on it. */
    void inProgress();

    /** Nobody listens. */
    static StorageProgress unheard() {
        return new StorageProgress() {
            @Override
            public void scheduled(int queueLength) {}

            @Override
            public void executed() {}

            @Override
            public void inProgress() {}
        };
    }
}
