package io.convoke.actors.guest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** The statements on the table {@code guest_credential}; Slick runs and closes them, each in its own transaction. */
final class CredentialTable {
    static final String COUNT = "SELECT COUNT(*) FROM guest_credential";

    private static final String INSERT =
            "INSERT INTO guest_credential (user_id, participant, callbridge, secret_hash, expires) VALUES ";
    private static final String ROW = "(?, ?, ?, ?, ?)";
    private static final int COLUMNS = 5;

    /** Makes a statement on a connection that is ready for it. */
    @FunctionalInterface
    interface Statement {
        PreparedStatement prepare(Connection connection) throws SQLException;
    }

    private CredentialTable() {}

    /** One statement for all rows, so that either all are stored or none. */
    static PreparedStatement insert(Connection connection, List<Credential> rows) throws SQLException {
        PreparedStatement insert = connection.prepareStatement(INSERT + ROW + (", " + ROW).repeat(rows.size() - 1));
        for (int i = 0; i < rows.size(); i++) {
            Credential row = rows.get(i);
            int at = i * COLUMNS;
            insert.setString(at + 1, row.user());
            insert.setObject(at + 2, row.participant());
            insert.setObject(at + 3, row.callbridge());
            insert.setBytes(at + 4, row.secretHash());
            insert.setObject(at + 5, row.expires().atOffset(ZoneOffset.UTC));
        }
        return insert;
    }

    static PreparedStatement remove(Connection connection, String user) throws SQLException {
        PreparedStatement delete = connection.prepareStatement("DELETE FROM guest_credential WHERE user_id = ?");
        delete.setString(1, user);
        return delete;
    }

    static PreparedStatement removeAllOf(Connection connection, UUID callbridge) throws SQLException {
        PreparedStatement delete = connection.prepareStatement("DELETE FROM guest_credential WHERE callbridge = ?");
        delete.setObject(1, callbridge);
        return delete;
    }
}
