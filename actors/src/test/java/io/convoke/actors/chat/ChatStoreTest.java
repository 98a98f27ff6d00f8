package io.convoke.actors.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.convoke.actors.space.NewSpace;
import io.convoke.actors.space.SpaceDirectory;
import io.convoke.actors.storage.Database;
import io.convoke.actors.storage.TestDatabases;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChatStoreTest {
    private static final Instant AT = Instant.parse("2026-11-25T12:00:00.123456Z");

    @ParameterizedTest
    @EnumSource
    void shouldKeepTheNewestInTheirOrder(TestDatabases.Kind kind) {
        try (Database database = Database.open(kind.fresh())) {
            // given
            UUID space = space(database, "a");
            UUID other = space(database, "b");
            ChatStore store = ChatStore.over(database, Runnable::run);
            List<ChatMessage> messages = messages(12);

            // when
            store.append(space, messages.subList(0, 7), List.of(), 10)
                    .toCompletableFuture()
                    .join();
            store.append(space, messages.subList(7, 12), List.of(), 10)
                    .toCompletableFuture()
                    .join();

            // then
            assertThat(last(store, space, 100)).isEqualTo(messages.subList(2, 12));
            assertThat(last(store, space, 3)).isEqualTo(messages.subList(9, 12));
            assertThat(last(store, other, 3)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldTakeOutWhatGotThereAlthoughItFailed(TestDatabases.Kind kind) {
        try (Database database = Database.open(kind.fresh())) {
            // given
            UUID space = space(database, "a");
            ChatStore store = ChatStore.over(database, Runnable::run);
            List<ChatMessage> messages = messages(3);
            store.append(space, messages.subList(0, 2), List.of(), 10)
                    .toCompletableFuture()
                    .join();

            // when
            store.append(space, messages.subList(2, 3), List.of(messages.get(1).id(), UUID.randomUUID()), 10)
                    .toCompletableFuture()
                    .join();

            // then
            assertThat(last(store, space, 9)).containsExactly(messages.get(0), messages.get(2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldStoreAllOrNone(TestDatabases.Kind kind) {
        try (Database database = Database.open(kind.fresh())) {
            // given
            UUID space = space(database, "a");
            ChatStore store = ChatStore.over(database, Runnable::run);
            ChatMessage tooLong =
                    new ChatMessage(UUID.randomUUID(), AT, "x".repeat(2000), ChatMessage.Kind.XMPP, null, "text");

            // then
            assertThatThrownBy(() -> store.append(space, List.of(messages(1).get(0), tooLong), List.of(), 10)
                    .toCompletableFuture()
                    .join());
            assertThat(last(store, space, 9)).isEmpty();
        }
    }

    private static UUID space(Database database, String uri) {
        return SpaceDirectory.over(database, Runnable::run)
                .create(new NewSpace("Team", uri, null, null, 25))
                .toCompletableFuture()
                .join()
                .id();
    }

    private static List<ChatMessage> last(ChatStore store, UUID space, int most) {
        return store.last(space, most).toCompletableFuture().join();
    }

    private static List<ChatMessage> messages(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> i % 2 == 0
                        ? new ChatMessage(
                                UUID.randomUUID(),
                                AT,
                                "Ana",
                                ChatMessage.Kind.PARTICIPANT,
                                UUID.randomUUID(),
                                "line\n" + i)
                        : new ChatMessage(UUID.randomUUID(), AT, "Bób", ChatMessage.Kind.XMPP, null, "😀 " + i))
                .toList();
    }
}
