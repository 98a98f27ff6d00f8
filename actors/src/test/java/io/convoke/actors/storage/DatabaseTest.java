package io.convoke.actors.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseTest {
    @ParameterizedTest
    @EnumSource
    void shouldMigrateOnceAndOpenAgain(TestDatabases.Kind kind) throws Exception {
        // given
        DatabaseSettings settings = kind.fresh();
        try (Database first = Database.open(settings)) {
            assertThat(first.reachable()).isTrue();
            execute(
                    first,
                    "INSERT INTO space (id, name, uri, secret_hash, participant_limit, locked)"
                            + " VALUES ('00000000-0000-0000-0000-000000000001', 'a', 'a', 'h', 1, FALSE)");
        }

        // when
        try (Database second = Database.open(settings);
                Connection connection = second.dataSource().getConnection();
                ResultSet row = connection.createStatement().executeQuery("SELECT COUNT(*) FROM space")) {
            // then
            row.next();
            assertThat(row.getInt(1)).isEqualTo(1);
        }
    }

    @Test
    void shouldLetTwoNodesOfOneMachineOpenOneFileTogether(@TempDir Path folder) {
        // given
        DatabaseSettings settings = TestDatabases.file(folder);

        // when
        List<CompletableFuture<Database>> opened = List.of(
                CompletableFuture.supplyAsync(() -> Database.open(settings)),
                CompletableFuture.supplyAsync(() -> Database.open(settings)));

        // then
        for (CompletableFuture<Database> database : opened) {
            assertThat(database.join().reachable()).isTrue();
        }
        opened.forEach(database -> database.join().close());
    }

    @Test
    void shouldKeepWhatWasCommittedWhenTheProcessIsKilled(@TempDir Path folder) throws Exception {
        // given
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CommitThenDie.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();

        // when
        assertThat(writer.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(writer.exitValue())
                .as(Files.readString(folder.resolve("output")))
                .isEqualTo(CommitThenDie.DIED);

        // then
        try (Database database = Database.open(TestDatabases.file(folder));
                Connection connection = database.dataSource().getConnection();
                ResultSet row = connection.createStatement().executeQuery("SELECT user_id FROM admin_account")) {
            assertThat(row.next()).isTrue();
        }
    }

    /** A process that dies right after its commit, with no time to write anything down. */
    static final class CommitThenDie {
        static final int DIED = 9;

        public static void main(String[] folder) throws Exception {
            Database database = Database.open(TestDatabases.file(Path.of(folder[0])));
            execute(database, "INSERT INTO admin_account (user_id, password_hash) VALUES ('admin', 'x')");
            Runtime.getRuntime().halt(DIED);
        }
    }

    @Test
    void shouldSayWhyItCannotOpen() {
        // given
        DatabaseSettings nobodyThere = new DatabaseSettings(
                "jdbc:postgresql://127.0.0.1:1/convoke?password=hush", "u", "s3cret", 2, Duration.ofMillis(300));

        // when, then
        assertThatThrownBy(() -> Database.open(nobodyThere))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("refused")
                .hasMessageNotContaining("s3cret")
                .hasMessageNotContaining("hush");
        assertThatThrownBy(
                        () -> Database.open(new DatabaseSettings("jdbc:mysql://x", "u", "p", 2, Duration.ofSeconds(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jdbc:h2:");
    }

    @Test
    void shouldNotBeReachableOnceClosed() {
        // given
        Database database = Database.open(TestDatabases.memory());

        // when
        database.close();

        // then
        assertThat(database.reachable()).isFalse();
    }

    private static void execute(Database database, String sql) throws Exception {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.createStatement().execute(sql);
        }
    }
}
