package io.convoke.actors.storage;

import akka.stream.alpakka.slick.javadsl.SlickSession;
import javax.sql.DataSource;
import scala.Option;
import slick.jdbc.JdbcBackend$;
import slick.jdbc.JdbcBackend.DatabaseDef;
import slick.jdbc.JdbcProfile;
import slick.util.AsyncExecutor;

/** Slick over our own connection pool, with as many threads of its own as it may take connections. */
final class PooledSlickSession extends SlickSession {
    private static final int QUEUE = 1000;

    private final DatabaseDef database;
    private final JdbcProfile profile;

    PooledSlickSession(DataSource pool, JdbcProfile profile, int connections) {
        this.profile = profile;
        this.database = JdbcBackend$.MODULE$
                .Database()
                .forDataSource(
                        pool,
                        Option.apply(connections),
                        AsyncExecutor.apply("convoke-slick", connections, connections, QUEUE, connections),
                        false);
    }

    @Override
    public DatabaseDef db() {
        return database;
    }

    @Override
    public JdbcProfile profile() {
        return profile;
    }
}
