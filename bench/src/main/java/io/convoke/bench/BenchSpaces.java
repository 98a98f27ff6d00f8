package io.convoke.bench;

import io.convoke.actors.space.NewSpace;
import io.convoke.actors.space.SpaceDirectory;
import io.convoke.actors.storage.Database;
import io.convoke.actors.storage.DatabaseSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Meetings for the load to join, put into the node's H2 file before the node starts. */
final class BenchSpaces {
    private BenchSpaces() {}

    /** Makes {@code count} spaces of {@code seats} each in the data folder; answers their call IDs. */
    static List<String> create(Path data, int count, int seats) throws Exception {
        Files.createDirectories(data);
        ExecutorService blocking = Executors.newSingleThreadExecutor();
        var settings = new DatabaseSettings(
                "jdbc:h2:file:" + data.resolve("convoke").toAbsolutePath(), "convoke", "", 2, Duration.ofSeconds(5));
        try (Database database = Database.open(settings)) {
            SpaceDirectory directory = SpaceDirectory.over(database, blocking);
            List<String> callIds = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String callId = Integer.toString(100_000 + i);
                directory
                        .create(new NewSpace("Load " + callId, "load." + callId, callId, null, seats))
                        .toCompletableFuture()
                        .get();
                callIds.add(callId);
            }
            return callIds;
        } finally {
            blocking.shutdownNow();
        }
    }
}
