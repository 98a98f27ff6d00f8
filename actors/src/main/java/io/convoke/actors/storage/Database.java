package io.convoke.actors.storage;

import akka.stream.alpakka.slick.javadsl.SlickSession;
import com.typesafe.config.Config;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * The open database: one pool of connections, with a warm one kept, that JDBC and Slick share. Safe from any thread.
 * Closing it closes the pool; who borrowed from it must have stopped before.
 */
public final class Database implements AutoCloseable {
    private static final int WARM_CONNECTIONS = 2;
    private static final int VALIDATION_SECONDS = 1;

    private final HikariDataSource pool;
    private final SlickSession slick;

    private Database(HikariDataSource pool, Dialect dialect) {
        this.pool = pool;
        // JDBC callers always find a connection that Slick cannot take.
        this.slick = new PooledSlickSession(pool, dialect.profile(), Math.max(1, pool.getMaximumPoolSize() - 1));
    }

    /**
     * Opens the database and brings its tables up to date; several nodes may do so at once. Blocks.
     *
     * @throws DatabaseUnavailable when it cannot be reached or its tables cannot be brought up to date
     */
    public static Database open(DatabaseSettings settings) {
        Dialect dialect = Dialect.of(settings.url());
        HikariConfig config = new HikariConfig();
        config.setPoolName("convoke");
        config.setDriverClassName(dialect.driver());
        config.setJdbcUrl(dialect.opened(settings.url()));
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(Math.min(WARM_CONNECTIONS, settings.poolSize()));
        config.setConnectionTimeout(settings.connectTimeout().toMillis());
        HikariDataSource pool;
        try {
            pool = new HikariDataSource(config);
        } catch (RuntimeException failure) {
            throw new DatabaseUnavailable(settings, failure);
        }
        try {
            migrate(pool, dialect);
            return new Database(pool, dialect);
        } catch (RuntimeException failure) {
            pool.close();
            throw new DatabaseUnavailable(settings, failure);
        }
    }

    private static void migrate(DataSource pool, Dialect dialect) {
        Flyway.configure(Database.class.getClassLoader())
                .dataSource(pool)
                .locations(dialect.migrations())
                .table("convoke_schema_history")
                .load()
                .migrate();
    }

    /** What an actor system's configuration needs for its journal and snapshots to live in this database too. */
    public static Config persistenceConfig(DatabaseSettings settings) {
        return PersistenceConfig.of(settings);
    }

    /** The pool, for JDBC. Owned by this; blocks its callers for at most the connect time-out. */
    public DataSource dataSource() {
        return pool;
    }

    /** Slick over the same pool, for Alpakka. Owned by this. */
    public SlickSession slick() {
        return slick;
    }

    /** Whether the database answers at this moment. Blocks for at most the connect time-out and a second. */
    public boolean reachable() {
        try (Connection connection = pool.getConnection()) {
            return connection.isValid(VALIDATION_SECONDS);
        } catch (SQLException unreachable) {
            return false;
        }
    }

    @Override
    public void close() {
        slick.close();
        pool.close();
    }
}
