package io.convoke.actors.user;

import io.convoke.actors.storage.BlockingCalls;
import io.convoke.actors.storage.SqlStates;
import io.convoke.protocols.xmpp.sasl.ScramKeys;
import io.convoke.protocols.xmpp.sasl.ScramMechanism;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The table {@code app_user}. */
final class UserTable implements UserDirectory {
    private static final String USER = "SELECT id, local_part, display_name FROM app_user";
    private static final String KEYS = "sha1_salt, sha1_iterations, sha1_stored_key, sha1_server_key,"
            + " sha256_salt, sha256_iterations, sha256_stored_key, sha256_server_key";
    private static final String SET_KEYS = "sha1_salt = ?, sha1_iterations = ?, sha1_stored_key = ?,"
            + " sha1_server_key = ?, sha256_salt = ?, sha256_iterations = ?, sha256_stored_key = ?,"
            + " sha256_server_key = ?";

    private final DataSource database;
    private final BlockingCalls calls;
    private final SecureRandom random = new SecureRandom();

    UserTable(DataSource database, Executor blocking) {
        this.database = database;
        this.calls = new BlockingCalls(blocking);
    }

    @Override
    public CompletionStage<Optional<UserKeys>> keys(String local) {
        Optional<String> key = UserRule.local(local);
        return key.isEmpty()
                ? CompletableFuture.completedFuture(Optional.empty())
                : calls.ask(() -> selectKeys(key.get()));
    }

    @Override
    public CompletionStage<Optional<User>> byId(UUID id) {
        return calls.ask(() -> select(" WHERE id = ?", id).stream().findFirst());
    }

    @Override
    public CompletionStage<Optional<User>> byLocal(String local) {
        Optional<String> key = UserRule.local(local);
        return key.isEmpty()
                ? CompletableFuture.completedFuture(Optional.empty())
                : calls.ask(() ->
                        select(" WHERE local_part = ?", key.get()).stream().findFirst());
    }

    @Override
    public CompletionStage<List<User>> all() {
        return calls.ask(() -> select(" ORDER BY local_part", null));
    }

    @Override
    public CompletionStage<User> add(String local, String name, String password) {
        return calls.ask(() -> {
            User user = new User(UUID.randomUUID(), checkedLocal(local), checkedName(name));
            UserKeys keys = UserKeys.derive(checkedPassword(password), random);
            try (Connection connection = database.getConnection();
                    PreparedStatement insert =
                            connection.prepareStatement("INSERT INTO app_user (id, local_part, display_name, " + KEYS
                                    + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
                insert.setObject(1, user.id());
                insert.setString(2, user.local());
                insert.setString(3, user.name());
                set(insert, 4, keys);
                insert.executeUpdate();
            } catch (SQLException refused) {
                throw translated(refused, user.local());
            }
            return user;
        });
    }

    @Override
    public CompletionStage<Optional<User>> change(UUID id, UserChange change) {
        return calls.ask(() -> {
            String local = change.local() == null ? null : checkedLocal(change.local());
            String name = change.name() == null ? null : checkedName(change.name());
            UserKeys keys =
                    change.password() == null ? null : UserKeys.derive(checkedPassword(change.password()), random);
            try (Connection connection = database.getConnection();
                    PreparedStatement update = connection.prepareStatement(
                            "UPDATE app_user SET local_part = COALESCE(?, local_part), display_name = COALESCE(?,"
                                    + " display_name)" + (keys == null ? "" : ", " + SET_KEYS) + " WHERE id = ?")) {
                update.setString(1, local);
                update.setString(2, name);
                if (keys != null) {
                    set(update, 3, keys);
                }
                update.setObject(keys == null ? 3 : 11, id);
                update.executeUpdate();
            } catch (SQLException refused) {
                throw translated(refused, String.valueOf(local));
            }
            return select(" WHERE id = ?", id).stream().findFirst();
        });
    }

    @Override
    public CompletionStage<Boolean> remove(UUID id) {
        return calls.ask(() -> {
            try (Connection connection = database.getConnection();
                    PreparedStatement delete = connection.prepareStatement("DELETE FROM app_user WHERE id = ?")) {
                delete.setObject(1, id);
                return delete.executeUpdate() > 0;
            }
        });
    }

    private List<User> select(String tail, @Nullable Object key) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(USER + tail)) {
            if (key != null) {
                query.setObject(1, key);
            }
            List<User> users = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    users.add(new User(row.getObject(1, UUID.class), row.getString(2), row.getString(3)));
                }
            }
            return users;
        }
    }

    private Optional<UserKeys> selectKeys(String local) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("SELECT " + KEYS + " FROM app_user WHERE local_part = ?")) {
            query.setString(1, local);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(new UserKeys(
                                scram(row, 1, ScramMechanism.SCRAM_SHA_1), scram(row, 5, ScramMechanism.SCRAM_SHA_256)))
                        : Optional.empty();
            }
        }
    }

    private static ScramKeys scram(ResultSet row, int at, ScramMechanism mechanism) throws SQLException {
        return new ScramKeys(
                mechanism, row.getBytes(at), row.getInt(at + 1), row.getBytes(at + 2), row.getBytes(at + 3));
    }

    private static void set(PreparedStatement statement, int at, UserKeys keys) throws SQLException {
        set(statement, at, keys.sha1());
        set(statement, at + 4, keys.sha256());
    }

    private static void set(PreparedStatement statement, int at, ScramKeys keys) throws SQLException {
        statement.setBytes(at, keys.salt());
        statement.setInt(at + 1, keys.iterations());
        statement.setBytes(at + 2, keys.storedKey());
        statement.setBytes(at + 3, keys.serverKey());
    }

    private static Exception translated(SQLException refused, String local) {
        return SqlStates.isDuplicate(refused) ? new UserExists(local) : refused;
    }

    private static String checkedLocal(String local) {
        return UserRule.local(local).orElseThrow(() -> unexpected("a local part of an address"));
    }

    private static String checkedName(String name) {
        if (!UserRule.isName(name)) {
            throw unexpected("a name of at most 200 characters");
        }
        return name;
    }

    private static String checkedPassword(String password) {
        if (!UserRule.isPassword(password)) {
            throw unexpected("a password of " + UserRule.MIN_PASSWORD + " to " + UserRule.MAX_PASSWORD + " characters");
        }
        return password;
    }

    private static IllegalArgumentException unexpected(String expected) {
        return new IllegalArgumentException("Expected " + expected + ", but found another");
    }
}
