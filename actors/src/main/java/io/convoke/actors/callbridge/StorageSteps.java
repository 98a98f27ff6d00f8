package io.convoke.actors.callbridge;

import io.convoke.actors.guest.StorageProgress;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;

/**
 * How far the storing of a guest's credential is, as the log's steps.
 *
 * @param queued is told the queue's length, once
 * @param reached is told each further step and its words; on the store's threads
 */
record StorageSteps(IntConsumer queued, BiConsumer<String, String> reached) implements StorageProgress {
    @Override
    public void scheduled(int queueLength) {
        queued.accept(queueLength);
    }

    @Override
    public void executed() {
        reached.accept("credentialStorageExecuted", "credential storage executed");
    }

    @Override
    public void inProgress() {
        reached.accept("credentialStorageInProgress", "credential storage in progress");
    }
}
