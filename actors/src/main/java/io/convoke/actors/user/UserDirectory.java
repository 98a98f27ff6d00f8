package io.convoke.actors.user;

import io.convoke.actors.storage.Database;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The users, in the database. Local parts are compared as RFC 7622 §3.3 normalizes them. A failed stage is a database that does not answer, or
 * {@link IllegalArgumentException} for what {@link UserRule} does not allow, or {@link UserExists}.
 */
public interface UserDirectory {
    /**
     * The users of an open database.
     *
     * @param blocking where queries and key derivations run: {@code convoke.blocking-dispatcher}, or any bounded executor
     */
    static UserDirectory over(Database database, Executor blocking) {
        return new UserTable(database.dataSource(), blocking);
    }

    /** What a login under that local part is judged by; empty where there is no such user. */
    CompletionStage<Optional<UserKeys>> keys(String local);

    CompletionStage<Optional<User>> byId(UUID id);

    CompletionStage<Optional<User>> byLocal(String local);

    /** All users by local part. */
    CompletionStage<List<User>> all();

    CompletionStage<User> add(String local, String name, String password);

    /** The user as it is then; empty where there is none with that ID. */
    CompletionStage<Optional<User>> change(UUID id, UserChange change);

    /** False where there is none with that ID. Logins of theirs that hold stay until they end. */
    CompletionStage<Boolean> remove(UUID id);
}
