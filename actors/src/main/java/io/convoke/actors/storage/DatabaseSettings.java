package io.convoke.actors.storage;

import java.time.Duration;

/**
 * How to reach the database.
 *
 * @param url JDBC URL, {@code jdbc:h2:file:./data/convoke;AUTO_SERVER=TRUE} or {@code jdbc:postgresql://host/name}
 * @param user the database's user
 * @param password the user's password; may be empty
 * @param poolSize most connections at once, at least 2
 * @param connectTimeout how long one caller waits for a connection, at least 250 ms
 */
public record DatabaseSettings(String url, String user, String password, int poolSize, Duration connectTimeout) {
    /** Everything but the password. */
    @Override
    public String toString() {
        return "DatabaseSettings[" + url.replaceAll("(?i)(password=)[^;&]*", "$1…") + " as " + user + "]";
    }
}
