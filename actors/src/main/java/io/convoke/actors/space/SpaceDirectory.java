package io.convoke.actors.space;

import io.convoke.actors.storage.Database;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Finds spaces. Answers come from a cache that is at most about a second old, or from the database on a dispatcher of
 * its own; they fail with {@link java.sql.SQLException} while the database is away.
 */
public interface SpaceDirectory {
    /**
     * A directory over an open database.
     *
     * @param blocking where the queries run: {@code convoke.blocking-dispatcher}, or any bounded executor
     */
    static SpaceDirectory over(Database database, Executor blocking) {
        return new CachedSpaceDirectory(
                new SpaceTable(database.dataSource()), blocking, CachedSpaceDirectory.FRESH, System::nanoTime);
    }

    /** The space that people reach by typing these digits. */
    CompletionStage<Optional<Space>> byCallId(String callId);

    /** The space with this address, with or without the part from the @ on. */
    CompletionStage<Optional<Space>> byUri(String uri);

    /** The space whose link carries this secret. */
    CompletionStage<Optional<Space>> bySecret(String secret);

    /** The space with this GUID. */
    CompletionStage<Optional<Space>> byId(UUID id);

    /** All spaces by name. */
    CompletionStage<List<Space>> all();

    /**
     * Whether this passcode opens the space: any does when it has none, none does when there is no such space. Takes
     * some ten milliseconds of CPU on purpose; ask {@link PasscodeThrottle} first.
     */
    CompletionStage<Boolean> passcodeHolds(UUID space, @Nullable String passcode);

    /**
     * Makes a space. The answer alone carries its secret. Fails with {@link IllegalArgumentException} on fields out of
     * their limits and with {@link SpaceExists} when the URI or call ID is taken.
     */
    CompletionStage<Space> create(NewSpace space);

    /**
     * Makes the space 9999 when there is no space at all, and answers it then. Nodes that start together make one.
     */
    CompletionStage<Optional<Space>> createDemoWhenEmpty();
}
