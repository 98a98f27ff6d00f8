package io.convoke.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.convoke.actors.storage.Database;
import io.convoke.actors.storage.DatabaseSettings;
import io.convoke.node.settings.NodeSettings.Secret;
import io.convoke.node.settings.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AdministrationTest {
    private static final Seeds.NewUser ANN = new Seeds.NewUser("Ann", "Ann Lee", new Secret("battery staple"));
    private static final Seeds.NewComponent CB2 = new Seeds.NewComponent("cb2.example.org", new Secret("first"));

    @Test
    void shouldMakeUsersAndComponentsOnceAndThenLeaveThemAlone() throws Exception {
        try (Database database = open()) {
            // given
            Administration.open(database, Runnable::run, new Seeds(List.of(ANN), List.of(CB2)));

            // when
            Administration again = Administration.open(
                    database,
                    Runnable::run,
                    new Seeds(
                            List.of(new Seeds.NewUser("ann", "Another", new Secret("another one"))),
                            List.of(new Seeds.NewComponent("CB2.example.org", new Secret("second")))));

            // then
            assertThat(again.users().all().toCompletableFuture().get())
                    .singleElement()
                    .satisfies(user -> {
                        assertThat(user.local()).isEqualTo("ann");
                        assertThat(user.name()).isEqualTo("Ann Lee");
                    });
            assertThat(again.components()
                            .find("cb2.example.org")
                            .toCompletableFuture()
                            .get())
                    .contains("first");
        }
    }

    @Test
    void shouldSayWhatCannotBeMadeAndNotTheSecret() {
        try (Database database = open()) {
            Seeds.NewUser bad = new Seeds.NewUser("bob", "", new Secret("short"));
            Seeds.NewComponent worse = new Seeds.NewComponent("c b", new Secret("hush"));

            // then
            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(() -> Administration.open(database, Runnable::run, new Seeds(List.of(bad), List.of())))
                    .withMessageContaining("\"bob\" of convoke.users")
                    .withMessageContaining("8 to 255 characters")
                    .withMessageNotContaining("short");
            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(
                            () -> Administration.open(database, Runnable::run, new Seeds(List.of(), List.of(worse))))
                    .withMessageContaining("\"c b\" of convoke.xmpp.server.components")
                    .withMessageNotContaining("hush");
        }
    }

    private static Database open() {
        return Database.open(
                new DatabaseSettings("jdbc:h2:mem:" + UUID.randomUUID(), "sa", "", 2, Duration.ofSeconds(5)));
    }
}
