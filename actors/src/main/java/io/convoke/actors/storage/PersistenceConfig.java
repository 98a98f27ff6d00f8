package io.convoke.actors.storage;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/** Points the plugins of akka-persistence-jdbc at one shared pool to our database. */
final class PersistenceConfig {
    private static final String SHARED = "akka-persistence-jdbc.shared-databases.slick.";

    private PersistenceConfig() {}

    static Config of(DatabaseSettings settings) {
        Dialect dialect = Dialect.of(settings.url());
        int connections = Math.max(2, settings.poolSize() / 2);
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put(SHARED + "profile", dialect.profileName());
        keys.put(SHARED + "db.driver", dialect.driver());
        keys.put(SHARED + "db.url", dialect.opened(settings.url()));
        keys.put(SHARED + "db.user", settings.user());
        keys.put(SHARED + "db.password", settings.password());
        keys.put(SHARED + "db.connectionTimeout", settings.connectTimeout().toMillis());
        keys.put(SHARED + "db.numThreads", connections);
        keys.put(SHARED + "db.maxConnections", connections);
        keys.put(SHARED + "db.minConnections", 1);
        for (String plugin : new String[] {"jdbc-journal", "jdbc-snapshot-store", "jdbc-read-journal"}) {
            keys.put(plugin + ".use-shared-db", "slick");
        }
        keys.put("jdbc-durable-state-store.use-shared-db", "slick");
        keys.put("akka.persistence.journal.plugin", "jdbc-journal");
        keys.put("akka.persistence.snapshot-store.plugin", "jdbc-snapshot-store");
        keys.put("akka.persistence.state.plugin", "jdbc-durable-state-store");
        return ConfigFactory.parseMap(keys, "Convoke's database");
    }
}
