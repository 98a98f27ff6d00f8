package io.convoke.actors.xmpp.login;

import io.convoke.actors.user.User;
import io.convoke.actors.user.UserChange;
import io.convoke.actors.user.UserDirectory;
import io.convoke.actors.user.UserKeys;
import io.convoke.protocols.xmpp.sasl.ScramKeys;
import io.convoke.protocols.xmpp.sasl.ScramMechanism;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Users in memory; with few iterations, since nobody attacks them. */
final class FakeUsers implements UserDirectory {
    private static final byte[] SALT = {1, 2, 3, 4, 5, 6, 7, 8};

    private final Map<String, UserKeys> keys = new HashMap<>();
    volatile boolean databaseGone;

    FakeUsers with(String local, String password) {
        keys.put(
                local,
                new UserKeys(
                        ScramKeys.derive(ScramMechanism.SCRAM_SHA_1, password, SALT, ScramKeys.MIN_ITERATIONS),
                        ScramKeys.derive(ScramMechanism.SCRAM_SHA_256, password, SALT, ScramKeys.MIN_ITERATIONS)));
        return this;
    }

    @Override
    public CompletionStage<Optional<UserKeys>> keys(String local) {
        return databaseGone
                ? CompletableFuture.failedFuture(new IllegalStateException("no database"))
                : CompletableFuture.completedFuture(Optional.ofNullable(keys.get(local)));
    }

    @Override
    public CompletionStage<Optional<User>> byId(UUID id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Optional<User>> byLocal(String local) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<List<User>> all() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<User> add(String local, String name, String password) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Optional<User>> change(UUID id, UserChange change) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Boolean> remove(UUID id) {
        throw new UnsupportedOperationException();
    }
}
