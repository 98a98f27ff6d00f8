package io.convoke.actors.storage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Fresh databases for tests: H2 in memory or in a folder, and PostgreSQL of which one server runs per test JVM. */
public final class TestDatabases {
    private static final AtomicInteger NEXT = new AtomicInteger();

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder().start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
                return server;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        private static void close(EmbeddedPostgres server) {
            try {
                server.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private TestDatabases() {}

    public enum Kind {
        H2_MEMORY,
        POSTGRESQL;

        /** Settings of a new, empty database. */
        public DatabaseSettings fresh() {
            return this == H2_MEMORY ? memory() : postgres();
        }
    }

    public static DatabaseSettings memory() {
        return settings("jdbc:h2:mem:test" + NEXT.incrementAndGet() + ";DB_CLOSE_DELAY=-1", "sa", "");
    }

    public static DatabaseSettings file(Path folder) {
        return settings("jdbc:h2:file:" + folder.resolve("convoke") + ";AUTO_SERVER=TRUE", "sa", "");
    }

    public static DatabaseSettings postgres() {
        String name = "test" + NEXT.incrementAndGet();
        try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return settings(Server.POSTGRES.getJdbcUrl("postgres", name), "postgres", "postgres");
    }

    private static DatabaseSettings settings(String url, String user, String password) {
        return new DatabaseSettings(url, user, password, 4, Duration.ofSeconds(5));
    }
}
