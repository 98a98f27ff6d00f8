package io.convoke.actors.xmpp;

import akka.Done;
import io.convoke.actors.storage.BlockingCalls;
import io.convoke.actors.storage.SqlStates;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** The table {@code xmpp_configuration}. A callbridge for which nothing is set has no row. */
final class XmppConfigurationTable implements XmppConfigurationStore {
    private static final String SELECT =
            "SELECT unique_name, domain, shared_secret, server_address FROM xmpp_configuration WHERE callbridge = ?";

    private final DataSource database;
    private final BlockingCalls calls;

    XmppConfigurationTable(DataSource database, Executor blocking) {
        this.database = database;
        this.calls = new BlockingCalls(blocking);
    }

    @Override
    public CompletionStage<XmppConfiguration> read(UUID callbridge) {
        return calls.ask(() -> {
            try (Connection connection = database.getConnection()) {
                return select(connection, SELECT, callbridge);
            }
        });
    }

    @Override
    public CompletionStage<Done> write(UUID callbridge, XmppConfiguration configuration) {
        return change(callbridge, before -> configuration).thenApply(after -> Done.getInstance());
    }

    @Override
    public CompletionStage<XmppConfiguration> change(UUID callbridge, UnaryOperator<XmppConfiguration> change) {
        return calls.ask(() -> {
            try {
                return changeOnce(callbridge, change);
            } catch (SQLException refused) {
                // Somebody else made the first row between our look and our insert: now there is one to lock.
                if (SqlStates.isDuplicate(refused)) {
                    return changeOnce(callbridge, change);
                }
                throw refused;
            }
        });
    }

    private XmppConfiguration changeOnce(UUID callbridge, UnaryOperator<XmppConfiguration> change) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                XmppConfiguration before = select(connection, SELECT + " FOR UPDATE", callbridge);
                XmppConfiguration after = change.apply(before);
                if (after.equals(XmppConfiguration.EMPTY)) {
                    delete(connection, callbridge);
                } else if (!after.equals(before)) {
                    boolean fresh = before.equals(XmppConfiguration.EMPTY);
                    store(connection, callbridge, after, fresh);
                }
                connection.commit();
                return after;
            } catch (SQLException | RuntimeException failure) {
                connection.rollback();
                throw failure;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static XmppConfiguration select(Connection connection, String sql, UUID callbridge) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setObject(1, callbridge);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? new XmppConfiguration(row.getString(1), row.getString(2), row.getString(3), row.getString(4))
                        : XmppConfiguration.EMPTY;
            }
        }
    }

    private static void store(Connection connection, UUID callbridge, XmppConfiguration configuration, boolean fresh)
            throws SQLException {
        String sql = fresh
                ? "INSERT INTO xmpp_configuration (unique_name, domain, shared_secret, server_address, callbridge)"
                        + " VALUES (?, ?, ?, ?, ?)"
                : "UPDATE xmpp_configuration SET unique_name = ?, domain = ?, shared_secret = ?, server_address = ?"
                        + " WHERE callbridge = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, configuration.uniqueName());
            statement.setString(2, configuration.domain());
            statement.setString(3, configuration.sharedSecret());
            statement.setString(4, configuration.serverAddressOverride());
            statement.setObject(5, callbridge);
            statement.executeUpdate();
        }
    }

    private static void delete(Connection connection, UUID callbridge) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM xmpp_configuration WHERE callbridge = ?")) {
            statement.setObject(1, callbridge);
            statement.executeUpdate();
        }
    }
}
