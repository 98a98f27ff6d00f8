package io.convoke.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.convoke.actors.space.Space;
import io.convoke.actors.space.SpaceDirectory;
import io.convoke.actors.storage.Database;
import io.convoke.actors.storage.DatabaseSettings;
import io.convoke.node.settings.NodeSettings.NewMeeting;
import io.convoke.node.settings.NodeSettings.Secret;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConfiguredSpacesTest {
    private static final NewMeeting TEAM = new NewMeeting("Team", "", "1234", new Secret("4711"), 2, true, true, 100);

    @Test
    void shouldMakeEachSpaceOnce() throws Exception {
        try (Database database = open()) {
            // given
            SpaceDirectory spaces = SpaceDirectory.over(database, Runnable::run);

            // when
            ConfiguredSpaces.make(spaces, List.of(TEAM));
            ConfiguredSpaces.make(spaces, List.of(TEAM));

            // then
            List<Space> all = spaces.all().toCompletableFuture().get();
            assertThat(all).singleElement().satisfies(space -> {
                assertThat(space.callId()).isEqualTo("1234");
                assertThat(space.uri()).isEqualTo("1234");
                assertThat(space.hasPasscode()).isTrue();
                assertThat(space.locked()).isTrue();
                assertThat(space.participantLimit()).isEqualTo(2);
            });
        }
    }

    @Test
    void shouldSayWhichSpaceCannotBeMade() {
        try (Database database = open()) {
            // given
            SpaceDirectory spaces = SpaceDirectory.over(database, Runnable::run);
            NewMeeting letters = new NewMeeting("Letters", "letters", "12a", new Secret(""), 2, false, true, 100);

            // then
            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(() -> ConfiguredSpaces.make(spaces, List.of(letters)))
                    .withMessageContaining("\"Letters\" of convoke.spaces");
        }
    }

    private static Database open() {
        return Database.open(
                new DatabaseSettings("jdbc:h2:mem:" + UUID.randomUUID(), "sa", "", 2, Duration.ofSeconds(5)));
    }
}
