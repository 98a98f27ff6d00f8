package io.convoke.node;

import io.convoke.actors.storage.Database;
import io.convoke.actors.storage.DatabaseSettings;
import io.convoke.actors.storage.DatabaseUnavailable;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Opens the database at the start; waits for its turn where several processes open one H2 file at the same moment. */
final class DatabaseOpening {
    private static final int ATTEMPTS = 20;
    private static final long PAUSE_MILLIS = 700;

    private DatabaseOpening() {}

    static Database open(DatabaseSettings settings) throws StartFailure {
        boolean shared = settings.url().toUpperCase(Locale.ROOT).contains("AUTO_SERVER=TRUE");
        int attempts = shared ? ATTEMPTS : 1;
        while (true) {
            try {
                return Database.open(settings);
            } catch (DatabaseUnavailable failure) {
                attempts--;
                if (attempts == 0) {
                    throw new StartFailure(String.valueOf(failure.getMessage()), failure);
                }
                pause();
            }
        }
    }

    /** H2 takes about two seconds to make sure who owns a file; whoever comes meanwhile is turned away. */
    private static void pause() {
        CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS))
                .join();
    }
}
