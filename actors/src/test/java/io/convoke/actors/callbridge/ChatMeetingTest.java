package io.convoke.actors.callbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.actors.storage.DatabaseSettings;
import io.convoke.actors.storage.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two clients chat through a whole node of actors over a real database. */
class ChatMeetingTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void shouldCarryAChatAndKeepItOverARestart(TestDatabases.Kind kind) {
        DatabaseSettings database = kind.fresh();
        // given
        try (TestNode node = new TestNode(database, TestNode.settings(folder))) {
            node.space("4711", null, 5);
            TestNode.Client ada = node.client("Ada", "4711");
            assertThat(ada.expect("chatHistory")).contains("\"on\":true,\"kept\":100,\"longest\":4000,\"messages\":[]");
            assertThat(ada.expect("chatPeople")).contains("\"people\":[]");
            TestNode.Client bob = node.client("Ada", "4711");
            bob.expect("chatPeople");

            // when
            bob.send("{\"type\":\"chat\",\"id\":3,\"text\":\"hello\"}");

            // then
            assertThat(ada.expect("chat\",\"id"))
                    .contains("\"name\":\"Ada (2)\"", "\"text\":\"hello\"", "\"you\":false");
            assertThat(bob.expect("chat\",\"id")).contains("\"you\":true", "\"inReplyTo\":3");
            assertThat(node.state("chat-rooms"))
                    .singleElement()
                    .satisfies(state -> assertThat(state.json())
                            .contains("\"stored\":1", "\"name\":\"Ada (2)\"")
                            .doesNotContain("hello"));
        }

        // when
        try (TestNode node = new TestNode(database, TestNode.settings(folder))) {
            TestNode.Client ada = node.client("Ada", "4711");

            // then
            assertThat(ada.expect("chatHistory")).contains("\"text\":\"hello\"");
        }
    }

    @Test
    void shouldRefuseWhatIsTooLong() {
        try (TestNode node = new TestNode(TestDatabases.memory(), TestNode.settings(folder))) {
            // given
            node.space("4711", null, 5);
            TestNode.Client ada = node.client("Ada", "4711");

            // when
            ada.send("{\"type\":\"chat\",\"id\":3,\"text\":\"" + "x".repeat(4001) + "\"}");

            // then
            assertThat(ada.expect("error")).contains("chatTooLong", "\"inReplyTo\":3", "\"fatal\":false");
        }
    }
}
