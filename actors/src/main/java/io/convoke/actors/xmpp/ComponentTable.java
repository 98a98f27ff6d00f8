package io.convoke.actors.xmpp;

import io.convoke.actors.storage.BlockingCalls;
import io.convoke.actors.storage.SqlStates;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import javax.sql.DataSource;

/** The table {@code xmpp_component}. */
final class ComponentTable implements ComponentSecrets {
    private final DataSource database;
    private final BlockingCalls calls;

    ComponentTable(DataSource database, Executor blocking) {
        this.database = database;
        this.calls = new BlockingCalls(blocking);
    }

    @Override
    public CompletionStage<Optional<String>> find(String name) {
        Optional<String> key = XmppConfigurationRule.normalized(name);
        return key.isEmpty()
                ? CompletableFuture.completedFuture(Optional.empty())
                : calls.ask(() -> {
                    List<String> found = select("SELECT shared_secret FROM xmpp_component WHERE name = ?", key.get());
                    return found.stream().findFirst();
                });
    }

    @Override
    public CompletionStage<List<String>> names() {
        return calls.ask(() -> select("SELECT name FROM xmpp_component ORDER BY name"));
    }

    @Override
    public CompletionStage<Boolean> add(String name, String secret) {
        return calls.ask(() -> {
            String key = checked(name, secret);
            try {
                return update("INSERT INTO xmpp_component (name, shared_secret) VALUES (?, ?)", key, secret);
            } catch (SQLException refused) {
                if (SqlStates.isDuplicate(refused)) {
                    return false;
                }
                throw refused;
            }
        });
    }

    @Override
    public CompletionStage<Boolean> replace(String name, String secret) {
        return calls.ask(() -> {
            String key = checked(name, secret);
            return update("UPDATE xmpp_component SET shared_secret = ? WHERE name = ?", secret, key);
        });
    }

    @Override
    public CompletionStage<Boolean> remove(String name) {
        Optional<String> key = XmppConfigurationRule.normalized(name);
        return key.isEmpty()
                ? CompletableFuture.completedFuture(false)
                : calls.ask(() -> update("DELETE FROM xmpp_component WHERE name = ?", key.get()));
    }

    private static String checked(String name, String secret) {
        if (!XmppConfigurationRule.isSecret(secret)) {
            throw new IllegalArgumentException("Expected a secret of 1 to 255 characters, but found another");
        }
        return XmppConfigurationRule.normalized(name)
                .orElseThrow(() -> new IllegalArgumentException("Expected a domain name as name, but found another"));
    }

    private List<String> select(String sql, String... values) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = prepare(connection, sql, values);
                ResultSet row = query.executeQuery()) {
            List<String> found = new ArrayList<>();
            while (row.next()) {
                found.add(row.getString(1));
            }
            return found;
        }
    }

    private boolean update(String sql, String... values) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate() > 0;
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, String... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setString(i + 1, values[i]);
        }
        return statement;
    }
}
