package io.convoke.actors.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import org.junit.jupiter.api.Test;

class AdminAccountTest {
    @Test
    void shouldMakeUpAPasswordOnceAndKnowItEverAfter() throws Exception {
        try (Database database = Database.open(TestDatabases.memory())) {
            // given
            AdminAccount first = AdminAccount.open(database, null);
            char[] password = first.generatedPassword().orElseThrow().toCharArray();

            // when
            AdminAccount second = AdminAccount.open(database, null);

            // then
            assertThat(second.generatedPassword()).isEmpty();
            assertThat(second.matches("admin", password)).isTrue();
            assertThat(second.matches("admin", password)).isTrue();
            assertThat(second.matches("root", password)).isFalse();
            assertThat(second.matches("admin", "guess".toCharArray())).isFalse();
            assertThat(second.matches("admin", new char[0])).isFalse();
        }
    }

    @Test
    void shouldTakeTheConfiguredPasswordAndKeepOnlyItsHash() throws Exception {
        try (Database database = Database.open(TestDatabases.postgres())) {
            // given
            AdminAccount.open(database, "old".toCharArray());

            // when
            AdminAccount account = AdminAccount.open(database, "new".toCharArray());

            // then
            assertThat(account.generatedPassword()).isEmpty();
            assertThat(account.matches("admin", "new".toCharArray())).isTrue();
            assertThat(account.matches("admin", "old".toCharArray())).isFalse();
            try (Connection connection = database.dataSource().getConnection();
                    ResultSet row =
                            connection.createStatement().executeQuery("SELECT password_hash FROM admin_account")) {
                row.next();
                assertThat(row.getString(1)).startsWith("pbkdf2-sha256$600000$").doesNotContain("new");
            }
        }
    }
}
