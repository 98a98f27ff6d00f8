package io.convoke.node;

import io.convoke.actors.xmpp.XmppConfiguration;
import io.convoke.node.settings.NodeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** Reads a callbridge's XMPP configuration from a database that no node of this process has open, without changing or making anything. */
final class StoredXmppConfiguration {
    private static final String QUERY =
            "SELECT unique_name, domain, shared_secret, server_address FROM xmpp_configuration WHERE callbridge = ?";

    private StoredXmppConfiguration() {}

    /** Empty fields where there is no such configuration yet. Fails where the database cannot be read. */
    static XmppConfiguration read(NodeSettings settings) throws StartFailure {
        Path identity = settings.data().resolve("callbridge.id");
        NodeSettings.Database database = settings.database();
        boolean h2 = database.url().startsWith("jdbc:h2:");
        if (!Files.isReadable(identity)) {
            return XmppConfiguration.EMPTY;
        }
        String url = h2 ? database.url() + ";IFEXISTS=TRUE;ACCESS_MODE_DATA=r" : database.url();
        try (Connection connection = DriverManager.getConnection(
                        url, database.user(), database.password().reveal());
                PreparedStatement query = connection.prepareStatement(QUERY)) {
            connection.setReadOnly(true);
            query.setObject(1, UUID.fromString(Files.readString(identity).strip()));
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? new XmppConfiguration(row.getString(1), row.getString(2), row.getString(3), row.getString(4))
                        : XmppConfiguration.EMPTY;
            }
        } catch (SQLException failure) {
            throw new StartFailure(
                    "The XMPP configuration cannot be read from the database (" + firstLine(failure)
                            + "). Is a node running on this data folder at another HTTP port than convoke.http.port? Then give --domain,"
                            + " --unique-name and CONVOKE_XMPP_SECRET.",
                    failure);
        } catch (IOException | IllegalArgumentException failure) {
            throw StartFailure.of("The file " + identity + " cannot be read", failure);
        }
    }

    private static String firstLine(SQLException failure) {
        String text = String.valueOf(failure.getMessage());
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}
