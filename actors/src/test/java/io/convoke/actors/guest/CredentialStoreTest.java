package io.convoke.actors.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import io.convoke.actors.storage.Database;
import io.convoke.actors.storage.TestDatabases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CredentialStoreTest {
    private static final UUID CALLBRIDGE = new UUID(1, 1);

    private final ActorTestKit kit = ActorTestKit.create("credentials");

    @AfterEach
    void shutDown() {
        kit.shutdownTestKit();
    }

    @ParameterizedTest
    @EnumSource
    void shouldStoreAndRemoveACredentialAndTellEachStep(TestDatabases.Kind kind) throws Exception {
        try (Database database = Database.open(kind.fresh())) {
            // given
            CredentialStore store = store(database, 10);
            Steps steps = new Steps();

            // when
            StoredCredential stored = get(store.store(credential("guest1"), steps));

            // then
            assertThat(stored.user()).isEqualTo("guest1");
            assertThat(stored.batchRows()).isEqualTo(1);
            assertThat(steps.heard).containsExactly("scheduled 1", "executed", "inProgress");
            assertThat(get(store.count())).isEqualTo(1);
            assertThat(store.queueLength()).isZero();
            try (Connection connection = database.dataSource().getConnection();
                    ResultSet row = connection
                            .createStatement()
                            .executeQuery("SELECT secret_hash, expires FROM guest_credential")) {
                row.next();
                assertThat(row.getBytes(1)).containsExactly(1, 2, 3);
                assertThat(row.getObject(2, java.time.OffsetDateTime.class).toInstant())
                        .isEqualTo(Instant.ofEpochSecond(2_000_000_000));
            }
            get(store.remove("guest1"));
            get(store.remove("guest1"));
            assertThat(get(store.count())).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRemoveWhatACrashedCallbridgeLeftAndNothingElse(TestDatabases.Kind kind) {
        try (Database database = Database.open(kind.fresh())) {
            // given
            CredentialStore store = store(database, 10);
            get(store.store(credential("guest1")));
            get(store.store(credential("guest2")));
            get(store.store(
                    new Credential("guest3", UUID.randomUUID(), new UUID(2, 2), new byte[] {1}, Instant.EPOCH)));

            // when
            int removed = get(store(database, 10).removeAllOf(CALLBRIDGE));

            // then
            assertThat(removed).isEqualTo(2);
            assertThat(get(store.count())).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldLetACrowdShareTransactions(TestDatabases.Kind kind) {
        try (Database database = Database.open(kind.fresh())) {
            // given
            CredentialStore store = store(database, 500);
            List<CompletableFuture<StoredCredential>> crowd = new ArrayList<>();

            // when
            for (int i = 0; i < 300; i++) {
                crowd.add(store.store(credential("guest" + i)).toCompletableFuture());
            }

            // then
            List<StoredCredential> stored =
                    crowd.stream().map(CredentialStoreTest::get).toList();
            assertThat(stored).hasSize(300);
            assertThat(stored).anySatisfy(one -> assertThat(one.batchRows()).isGreaterThan(1));
            assertThat(get(store.count())).isEqualTo(300);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldFailOnlyTheOneWhoseUserIsThereAlready(TestDatabases.Kind kind) {
        try (Database database = Database.open(kind.fresh())) {
            // given
            CredentialStore store = store(database, 500);
            get(store.store(credential("guest50")));
            List<CompletableFuture<StoredCredential>> crowd = new ArrayList<>();

            // when
            for (int i = 0; i < 100; i++) {
                crowd.add(store.store(credential("guest" + i)).toCompletableFuture());
            }

            // then
            for (int i = 0; i < 100; i++) {
                CompletableFuture<StoredCredential> one = crowd.get(i);
                if (i == 50) {
                    assertThatThrownBy(() -> get(one)).hasRootCauseInstanceOf(SQLException.class);
                } else {
                    assertThat(get(one).user()).isEqualTo("guest" + i);
                }
            }
            assertThat(get(store.count())).isEqualTo(100);
            assertThat(store.queueLength()).isZero();
        }
    }

    @Test
    void shouldRefuseAtOnceWhenTheQueueIsFull() throws Exception {
        try (Database database = Database.open(TestDatabases.memory());
                Connection first = database.dataSource().getConnection();
                Connection second = database.dataSource().getConnection();
                Connection third = database.dataSource().getConnection();
                Connection fourth = database.dataSource().getConnection()) {
            // given: all four connections are taken
            CredentialStore store = store(database, 3);
            List<CompletableFuture<StoredCredential>> waiting = new ArrayList<>();
            Steps steps = new Steps();
            for (int i = 0; i < 3; i++) {
                waiting.add(store.store(credential("guest" + i), steps).toCompletableFuture());
            }
            Steps refusedSteps = new Steps();

            // when
            CompletionStage<StoredCredential> refused = store.store(credential("guest9"), refusedSteps);

            // then
            assertThat(refused.toCompletableFuture()).isCompletedExceptionally();
            assertThatThrownBy(() -> get(refused)).hasCauseInstanceOf(CredentialQueueFull.class);
            assertThat(refusedSteps.heard).isEmpty();
            assertThat(steps.heard).contains("scheduled 1", "scheduled 2", "scheduled 3");
            assertThat(store.queueLength()).isEqualTo(3);
            first.close();
            waiting.forEach(CredentialStoreTest::get);
            assertThat(store.queueLength()).isZero();
        }
    }

    @Test
    void shouldGoOnAfterTheDatabaseWasAway() throws Exception {
        try (Database database = Database.open(TestDatabases.memory())) {
            // given
            CredentialStore store = store(database, 10);
            rename(database, "guest_credential", "elsewhere");
            assertThatThrownBy(() -> get(store.store(credential("guest1")))).hasRootCauseInstanceOf(SQLException.class);

            // when
            rename(database, "elsewhere", "guest_credential");

            // then
            assertThat(get(store.store(credential("guest1"))).user()).isEqualTo("guest1");
        }
    }

    private static void rename(Database database, String from, String to) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.createStatement().execute("ALTER TABLE " + from + " RENAME TO " + to);
        }
    }

    private CredentialStore store(Database database, int queueSize) {
        return CredentialStore.over(kit.system(), database, new CredentialStoreSettings(queueSize, 100, 2));
    }

    private static Credential credential(String user) {
        return new Credential(
                user, UUID.randomUUID(), CALLBRIDGE, new byte[] {1, 2, 3}, Instant.ofEpochSecond(2_000_000_000));
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static final class Steps implements StorageProgress {
        final List<String> heard = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void scheduled(int queueLength) {
            heard.add("scheduled " + queueLength);
        }

        @Override
        public void executed() {
            heard.add("executed");
        }

        @Override
        public void inProgress() {
            heard.add("inProgress");
        }
    }
}
