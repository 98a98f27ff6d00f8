package io.convoke.actors.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.convoke.actors.storage.Database;
import io.convoke.actors.storage.TestDatabases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UserDirectoryTest {
    @ParameterizedTest
    @EnumSource
    void shouldAddFindChangeAndRemoveUsers(TestDatabases.Kind kind) {
        try (Database database = Database.open(kind.fresh())) {
            // given
            UserDirectory users = UserDirectory.over(database, Runnable::run);
            User bob = get(users.add("bob", "", "correct horse"));
            User ann = get(users.add("Ann.Lee", "Ann", "battery staple"));

            // when, then
            assertThat(ann.local()).isEqualTo("ann.lee");
            assertThat(get(users.all())).containsExactly(ann, bob);
            assertThat(get(users.byId(ann.id()))).contains(ann);
            assertThat(get(users.byLocal("ANN.lee"))).contains(ann);
            assertThat(get(users.byLocal("nobody"))).isEmpty();
            assertThat(get(users.byLocal("not one@all"))).isEmpty();
            assertThat(get(users.change(ann.id(), new UserChange(null, "Ann Lee", null))))
                    .contains(new User(ann.id(), "ann.lee", "Ann Lee"));
            assertThat(get(users.change(ann.id(), new UserChange("ann", null, null))))
                    .contains(new User(ann.id(), "ann", "Ann Lee"));
            assertThat(get(users.change(UUID.randomUUID(), new UserChange("x", null, "password"))))
                    .isEmpty();
            assertThat(get(users.remove(bob.id()))).isTrue();
            assertThat(get(users.remove(bob.id()))).isFalse();
            assertThat(get(users.keys("bob"))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepSaltedKeysOfThePasswordAndNewOnesWithANewPassword(TestDatabases.Kind kind) throws Exception {
        try (Database database = Database.open(kind.fresh())) {
            // given
            UserDirectory users = UserDirectory.over(database, Runnable::run);
            User ann = get(users.add("ann", "Ann", "battery staple"));
            UserKeys first = get(users.keys("Ann")).orElseThrow();

            // when
            get(users.change(ann.id(), new UserChange(null, "Ann Lee", null)));
            UserKeys renamed = get(users.keys("ann")).orElseThrow();
            get(users.change(ann.id(), new UserChange(null, null, "battery staple")));
            UserKeys second = get(users.keys("ann")).orElseThrow();

            // then
            assertThat(first.sha1().matches("battery staple")).isTrue();
            assertThat(first.sha256().matches("battery staple")).isTrue();
            assertThat(first.sha256().matches("battery stable")).isFalse();
            assertThat(first.sha1().storedKey()).hasSize(20);
            assertThat(first.sha256().storedKey())
                    .hasSize(32)
                    .isNotEqualTo(first.sha256().serverKey());
            assertThat(first.sha256().salt()).isNotEqualTo(first.sha1().salt());
            assertThat(renamed).usingRecursiveComparison().isEqualTo(first);
            assertThat(second.sha256().salt()).isNotEqualTo(first.sha256().salt());
            assertThat(second.sha256().storedKey()).isNotEqualTo(first.sha256().storedKey());
            try (Connection connection = database.dataSource().getConnection();
                    ResultSet row = connection.createStatement().executeQuery("SELECT * FROM app_user")) {
                row.next();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    assertThat(row.getString(i)).doesNotContain("battery");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseATakenLocalPartAndFieldsOutOfBounds(TestDatabases.Kind kind) {
        try (Database database = Database.open(kind.fresh())) {
            // given
            UserDirectory users = UserDirectory.over(database, Runnable::run);
            get(users.add("ann", "", "password"));
            User bob = get(users.add("bob", "", "password"));

            // when, then
            assertThatThrownBy(() -> get(users.add("ANN", "", "password"))).hasCauseInstanceOf(UserExists.class);
            assertThatThrownBy(() -> get(users.change(bob.id(), new UserChange("ann", null, null))))
                    .hasCauseInstanceOf(UserExists.class);
            assertThatThrownBy(() -> get(users.add("a b", "", "password")))
                    .hasCauseInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> get(users.add("c", "", "seven77")))
                    .hasCauseInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> get(users.add("c", "", "\u00ad".repeat(8))))
                    .hasCauseInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> get(users.add("c", "n".repeat(201), "password")))
                    .hasCauseInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void shouldFailWhenTheDatabaseIsAway() {
        // given
        Database database = Database.open(TestDatabases.memory());
        UserDirectory users = UserDirectory.over(database, Runnable::run);

        // when
        database.close();

        // then
        assertThatThrownBy(() -> get(users.keys("ann"))).hasCauseInstanceOf(SQLException.class);
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
