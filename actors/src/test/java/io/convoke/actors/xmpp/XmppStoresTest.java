package io.convoke.actors.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.convoke.actors.storage.Database;
import io.convoke.actors.storage.TestDatabases;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class XmppStoresTest {
    private static final UUID CALLBRIDGE = UUID.randomUUID();
    private static final XmppConfiguration FULL =
            new XmppConfiguration("CB1.example.org", "example.org", "s3cret", "[::1]:5223");

    @ParameterizedTest
    @EnumSource
    void shouldKeepOneConfigurationForEachCallbridge(TestDatabases.Kind kind) {
        try (Database database = Database.open(kind.fresh())) {
            // given
            XmppConfigurationStore store = XmppConfigurationStore.over(database, Runnable::run);
            assertThat(get(store.read(CALLBRIDGE))).isEqualTo(XmppConfiguration.EMPTY);

            // when
            get(store.write(CALLBRIDGE, FULL));

            // then
            assertThat(get(store.read(CALLBRIDGE))).isEqualTo(FULL);
            assertThat(get(store.read(UUID.randomUUID()))).isEqualTo(XmppConfiguration.EMPTY);
            get(store.write(CALLBRIDGE, XmppConfiguration.EMPTY));
            assertThat(get(store.read(CALLBRIDGE))).isEqualTo(XmppConfiguration.EMPTY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldLoseNoChangeThatIsMadeBesideAnother(TestDatabases.Kind kind) {
        try (Database database = Database.open(kind.fresh())) {
            // given
            XmppConfigurationStore store = XmppConfigurationStore.over(database, ForkJoinPool.commonPool());

            // when
            List<CompletableFuture<XmppConfiguration>> changes = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                changes.add(store.change(
                                CALLBRIDGE,
                                before -> new XmppConfiguration(
                                        before.uniqueName() + "x", before.domain(), before.sharedSecret(), ""))
                        .toCompletableFuture());
            }
            changes.forEach(CompletableFuture::join);

            // then
            assertThat(get(store.read(CALLBRIDGE)).uniqueName()).isEqualTo("x".repeat(10));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldKnowWhoMayRegisterWhateverTheCaseOfTheName(TestDatabases.Kind kind) {
        try (Database database = Database.open(kind.fresh())) {
            // given
            ComponentSecrets secrets = ComponentSecrets.over(database, Runnable::run);

            // when, then
            assertThat(get(secrets.add("CB1.example.org", "one"))).isTrue();
            assertThat(get(secrets.add("cb1.EXAMPLE.org", "two"))).isFalse();
            assertThat(get(secrets.add("cb0", "zero"))).isTrue();
            assertThat(get(secrets.names())).containsExactly("cb0", "cb1.example.org");
            assertThat(get(secrets.find("cb1.example.ORG"))).contains("one");
            assertThat(get(secrets.find("cb2"))).isEmpty();
            assertThat(get(secrets.find("no name"))).isEmpty();
            assertThat(get(secrets.replace("Cb1.example.org", "three"))).isTrue();
            assertThat(get(secrets.replace("cb2", "three"))).isFalse();
            assertThat(get(secrets.find("cb1.example.org"))).contains("three");
            assertThat(get(secrets.remove("CB1.example.org"))).isTrue();
            assertThat(get(secrets.remove("CB1.example.org"))).isFalse();
            assertThat(get(secrets.find("cb1.example.org"))).isEmpty();
            assertThatThrownBy(() -> get(secrets.add("a b", "secret")))
                    .hasCauseInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> get(secrets.add("cb3", ""))).hasCauseInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void shouldFailWhenTheDatabaseIsAway() {
        // given
        Database database = Database.open(TestDatabases.memory());
        XmppConfigurationStore store = XmppConfigurationStore.over(database, Runnable::run);
        ComponentSecrets secrets = ComponentSecrets.over(database, Runnable::run);

        // when
        database.close();

        // then
        assertThatThrownBy(() -> get(store.read(CALLBRIDGE))).hasCauseInstanceOf(SQLException.class);
        assertThatThrownBy(() -> get(secrets.find("cb1"))).hasCauseInstanceOf(SQLException.class);
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
