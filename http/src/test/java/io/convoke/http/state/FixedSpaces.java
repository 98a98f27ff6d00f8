package io.convoke.http.state;

import io.convoke.actors.space.NewSpace;
import io.convoke.actors.space.Space;
import io.convoke.actors.space.SpaceDirectory;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A directory of one space, which can be made to fail as if the database were away. */
final class FixedSpaces implements SpaceDirectory {
    final Space space = new Space(UUID.randomUUID(), "9999", "9999", "9999", "geheim", false, 25, false, true, 100);
    volatile boolean away;

    private <T> CompletionStage<T> answer(T value) {
        return away
                ? CompletableFuture.failedFuture(new SQLException("away"))
                : CompletableFuture.completedFuture(value);
    }

    @Override
    public CompletionStage<Optional<Space>> byCallId(String callId) {
        return answer(Optional.of(space));
    }

    @Override
    public CompletionStage<Optional<Space>> byUri(String uri) {
        return answer(Optional.of(space));
    }

    @Override
    public CompletionStage<Optional<Space>> bySecret(String secret) {
        return answer(Optional.of(space));
    }

    @Override
    public CompletionStage<Optional<Space>> byId(UUID id) {
        return answer(id.equals(space.id()) ? Optional.of(space) : Optional.empty());
    }

    @Override
    public CompletionStage<List<Space>> all() {
        return answer(List.of(space));
    }

    @Override
    public CompletionStage<Boolean> passcodeHolds(UUID id, @Nullable String passcode) {
        return answer(true);
    }

    @Override
    public CompletionStage<Space> create(NewSpace fresh) {
        return answer(space);
    }

    @Override
    public CompletionStage<Optional<Space>> createDemoWhenEmpty() {
        return answer(Optional.empty());
    }
}
