package io.convoke.actors.storage;

import java.util.Locale;
import slick.jdbc.H2Profile$;
import slick.jdbc.JdbcProfile;
import slick.jdbc.PostgresProfile$;

/** The databases that Convoke runs on. */
enum Dialect {
    H2("org.h2.Driver", "slick.jdbc.H2Profile$", "h2"),
    POSTGRESQL("org.postgresql.Driver", "slick.jdbc.PostgresProfile$", "postgresql");

    private static final String MIGRATIONS = "classpath:io/convoke/actors/storage/";

    private final String driver;
    private final String profileName;
    private final String folder;

    Dialect(String driver, String profileName, String folder) {
        this.driver = driver;
        this.profileName = profileName;
        this.folder = folder;
    }

    static Dialect of(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        if (lower.startsWith("jdbc:h2:")) {
            return H2;
        }
        if (lower.startsWith("jdbc:postgresql:")) {
            return POSTGRESQL;
        }
        throw new IllegalArgumentException("Expected a database URL that begins with jdbc:h2: or jdbc:postgresql:");
    }

    String driver() {
        return driver;
    }

    /** Name of Slick's profile object, as its configuration wants it. */
    String profileName() {
        return profileName;
    }

    JdbcProfile profile() {
        return this == H2 ? H2Profile$.MODULE$ : PostgresProfile$.MODULE$;
    }

    /** Where Flyway finds this database's migrations. */
    String migrations() {
        return MIGRATIONS + folder;
    }

    /**
     * The URL as we open it. Left alone, H2 writes half a second after the commit, and a killed process takes with it
     * what was acknowledged; writing at once costs a fraction of a millisecond. And it must not close itself in a
     * shutdown hook of its own: what ends a meeting is still written while the node stops. (It refuses that together
     * with AUTO_SERVER.) What the operator's URL says wins.
     */
    String opened(String url) {
        if (this != H2) {
            return url;
        }
        String upper = url.toUpperCase(Locale.ROOT);
        String opened = upper.contains("WRITE_DELAY") ? url : url + ";WRITE_DELAY=0";
        boolean settled = upper.contains("DB_CLOSE_ON_EXIT") || upper.contains("AUTO_SERVER=TRUE");
        return settled ? opened : opened + ";DB_CLOSE_ON_EXIT=FALSE";
    }
}
