package io.convoke.actors.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.convoke.actors.storage.Database;
import io.convoke.actors.storage.TestDatabases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpaceDirectoryTest {
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger queries = new AtomicInteger();

    @ParameterizedTest
    @EnumSource
    void shouldFindASpaceByEverythingItIsKnownBy(TestDatabases.Kind kind) {
        try (Database database = Database.open(kind.fresh())) {
            // given
            SpaceDirectory directory = directory(database);
            Space created = get(directory.create(new NewSpace("Daily", "Daily.Sync", "1234", "4711", 12)));

            // when, then
            Space expected = new Space(created.id(), "Daily", "daily.sync", "1234", null, true, 12, false, true, 100);
            assertThat(get(directory.byCallId("1234"))).contains(expected);
            assertThat(get(directory.byUri("DAILY.sync@meet.example"))).contains(expected);
            assertThat(get(directory.bySecret(created.secret()))).contains(expected);
            assertThat(get(directory.byId(created.id()))).contains(expected);
            assertThat(get(directory.all())).containsExactly(expected);
            assertThat(get(directory.byCallId("9999"))).isEmpty();
            assertThat(get(directory.bySecret("guess"))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepSecretsAndPasscodesAsHashesOnly(TestDatabases.Kind kind) throws Exception {
        try (Database database = Database.open(kind.fresh())) {
            // given
            SpaceDirectory directory = directory(database);
            Space closed = get(directory.create(new NewSpace("Closed", "closed", null, "4711", 2)));
            Space open = get(directory.create(new NewSpace("Open", "open", null, null, 2)));

            // when, then
            assertThat(get(directory.passcodeHolds(closed.id(), "4711"))).isTrue();
            assertThat(get(directory.passcodeHolds(closed.id(), "4712"))).isFalse();
            assertThat(get(directory.passcodeHolds(closed.id(), ""))).isFalse();
            assertThat(get(directory.passcodeHolds(closed.id(), null))).isFalse();
            assertThat(get(directory.passcodeHolds(open.id(), null))).isTrue();
            assertThat(get(directory.passcodeHolds(open.id(), "any"))).isTrue();
            assertThat(get(directory.passcodeHolds(UUID.randomUUID(), "any"))).isFalse();
            try (Connection connection = database.dataSource().getConnection();
                    ResultSet row = connection
                            .createStatement()
                            .executeQuery("SELECT passcode_hash, secret_hash FROM space WHERE uri = 'closed'")) {
                row.next();
                assertThat(row.getString(1)).startsWith("pbkdf2-sha256$").doesNotContain("4711");
                assertThat(row.getString(2)).matches("[0-9a-f]{64}").isNotEqualTo(closed.secret());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseATakenCallIdAndFieldsOutOfBounds(TestDatabases.Kind kind) {
        try (Database database = Database.open(kind.fresh())) {
            // given
            SpaceDirectory directory = directory(database);
            get(directory.create(new NewSpace("One", "one", "1", null, 2)));

            // when, then
            assertThatThrownBy(() -> get(directory.create(new NewSpace("Two", "two", "1", null, 2))))
                    .hasCauseInstanceOf(SpaceExists.class);
            assertThatThrownBy(() -> get(directory.create(new NewSpace("Two", "ONE", null, null, 2))))
                    .hasCauseInstanceOf(SpaceExists.class);
            assertThatThrownBy(() -> get(directory.create(new NewSpace("Two", "two", "12a", null, 2))))
                    .hasCauseInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> get(directory.create(new NewSpace(" ", "two", null, null, 2))))
                    .hasCauseInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> get(directory.create(new NewSpace("Two", "two", null, null, 0))))
                    .hasCauseInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void shouldMakeTheDemoSpaceOnlyInAnEmptyTable() {
        try (Database database = Database.open(TestDatabases.memory())) {
            // given
            SpaceDirectory directory = directory(database);
            assertThat(get(directory.byCallId("9999"))).isEmpty();

            // when
            Optional<Space> made = get(directory.createDemoWhenEmpty());
            Optional<Space> again = get(directory.createDemoWhenEmpty());

            // then
            assertThat(made).isPresent();
            assertThat(again).isEmpty();
            Space demo = get(directory.byCallId("9999")).orElseThrow();
            assertThat(demo.name()).isEqualTo("9999");
            assertThat(demo.participantLimit()).isEqualTo(25);
            assertThat(demo.id()).isEqualTo(made.orElseThrow().id());
        }
    }

    @Test
    void shouldAskTheDatabaseOnceASecond() {
        try (Database database = Database.open(TestDatabases.memory())) {
            // given
            SpaceDirectory directory = directory(database);
            get(directory.createDemoWhenEmpty());
            queries.set(0);

            // when, then
            get(directory.byCallId("9999"));
            get(directory.byCallId("9999"));
            assertThat(queries).hasValue(1);
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            get(directory.byCallId("9999"));
            assertThat(queries).hasValue(2);
        }
    }

    @Test
    void shouldForgetWhatItCachedWhenASpaceIsMade() {
        try (Database database = Database.open(TestDatabases.memory())) {
            // given
            SpaceDirectory directory = directory(database);
            assertThat(get(directory.byCallId("5"))).isEmpty();

            // when
            get(directory.create(new NewSpace("Five", "five", "5", null, 2)));

            // then
            assertThat(get(directory.byCallId("5"))).isPresent();
        }
    }

    @Test
    void shouldFailAndNotRememberItWhenTheDatabaseIsAwayOrTheQueueIsFull() {
        // given
        Database database = Database.open(TestDatabases.memory());
        SpaceDirectory directory = directory(database);
        SpaceDirectory crowded = new CachedSpaceDirectory(
                new SpaceTable(database.dataSource()),
                task -> {
                    throw new RejectedExecutionException("full");
                },
                CachedSpaceDirectory.FRESH,
                now::get);

        // when
        database.close();

        // then
        assertThatThrownBy(() -> get(directory.byCallId("9999"))).hasCauseInstanceOf(java.sql.SQLException.class);
        assertThatThrownBy(() -> get(directory.byCallId("9999"))).hasCauseInstanceOf(java.sql.SQLException.class);
        assertThat(queries).hasValue(2);
        assertThatThrownBy(() -> get(crowded.byCallId("9999"))).hasCauseInstanceOf(RejectedExecutionException.class);
    }

    private SpaceDirectory directory(Database database) {
        return new CachedSpaceDirectory(
                new SpaceTable(database.dataSource()),
                task -> {
                    queries.incrementAndGet();
                    task.run();
                },
                CachedSpaceDirectory.FRESH,
                now::get);
    }

    private static <T> T get(CompletionStage<T> stage) throws CompletionException {
        return stage.toCompletableFuture().join();
    }
}
