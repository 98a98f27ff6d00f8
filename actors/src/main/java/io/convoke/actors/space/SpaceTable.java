package io.convoke.actors.space;

import io.convoke.actors.storage.PasswordHash;
import io.convoke.actors.storage.SqlStates;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The table {@code space}. Every method blocks. */
final class SpaceTable {
    private static final String COLUMNS =
            "SELECT id, name, uri, call_id, passcode_hash IS NOT NULL, participant_limit, locked, chat, chat_history"
                    + " FROM space";

    private final DataSource database;
    private final SecureRandom random = new SecureRandom();

    SpaceTable(DataSource database) {
        this.database = database;
    }

    Optional<Space> byCallId(String callId) throws SQLException {
        return one(" WHERE call_id = ?", callId);
    }

    Optional<Space> byUri(String uri) throws SQLException {
        return one(" WHERE uri = ?", uri);
    }

    Optional<Space> bySecretHash(String hash) throws SQLException {
        return one(" WHERE secret_hash = ?", hash);
    }

    Optional<Space> byId(UUID id) throws SQLException {
        return one(" WHERE id = ?", id);
    }

    List<Space> all() throws SQLException {
        return select(" ORDER BY name, id", null);
    }

    boolean passcodeHolds(UUID id, @Nullable String passcode) throws SQLException {
        String hash;
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement("SELECT passcode_hash FROM space WHERE id = ?")) {
            query.setObject(1, id);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return false;
                }
                hash = row.getString(1);
            }
        }
        // The connection is back in the pool: the slow part must not hold it.
        return hash == null || (passcode != null && PasswordHash.matches(passcode.toCharArray(), hash));
    }

    Space create(NewSpace wanted) throws SQLException, SpaceExists {
        NewSpace space = SpaceLimits.checked(wanted);
        UUID id = UUID.randomUUID();
        String secret = SpaceSecret.fresh(random);
        String passcode = space.passcode() == null
                ? null
                : PasswordHash.of(space.passcode().toCharArray(), PasswordHash.PASSCODE_ITERATIONS, random);
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO space (id, name, uri, call_id,"
                        + " secret_hash, passcode_hash, participant_limit, locked, chat, chat_history)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setObject(1, id);
            insert.setString(2, space.name());
            insert.setString(3, space.uri());
            insert.setString(4, space.callId());
            insert.setString(5, SpaceSecret.hash(secret));
            insert.setString(6, passcode);
            insert.setInt(7, space.participantLimit());
            insert.setBoolean(8, space.locked());
            insert.setBoolean(9, space.chat());
            insert.setInt(10, space.chatHistory());
            insert.executeUpdate();
        } catch (SQLException refused) {
            if (SqlStates.isDuplicate(refused)) {
                throw new SpaceExists(space);
            }
            throw refused;
        }
        return new Space(
                id,
                space.name(),
                space.uri(),
                space.callId(),
                secret,
                passcode != null,
                space.participantLimit(),
                space.locked(),
                space.chat(),
                space.chatHistory());
    }

    private Optional<Space> one(String where, Object key) throws SQLException {
        return select(where, key).stream().findFirst();
    }

    private List<Space> select(String tail, @Nullable Object key) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(COLUMNS + tail)) {
            if (key != null) {
                query.setObject(1, key);
            }
            List<Space> spaces = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    spaces.add(new Space(
                            row.getObject(1, UUID.class),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            null,
                            row.getBoolean(5),
                            row.getInt(6),
                            row.getBoolean(7),
                            row.getBoolean(8),
                            row.getInt(9)));
                }
            }
            return spaces;
        }
    }
}
