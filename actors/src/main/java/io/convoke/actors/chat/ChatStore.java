package io.convoke.actors.chat;

import akka.Done;
import io.convoke.actors.storage.Database;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** The messages of chats in the database. Safe from any thread, never blocks; a failed stage is a database that does not answer. */
public interface ChatStore {
    /**
     * A store over an open database.
     *
     * @param blocking where the statements run: {@code convoke.blocking-dispatcher}, or any bounded executor
     */
    static ChatStore over(Database database, Executor blocking) {
        return new JdbcChatStore(database.dataSource(), blocking);
    }

    /**
     * Stores all of them behind those that are there, or none, and drops what is older than the newest {@code keep}.
     *
     * @param undone messages whose storing failed before: should one have got there all the same, it is taken out again
     */
    CompletionStage<Done> append(UUID space, List<ChatMessage> messages, List<UUID> undone, int keep);

    /** The newest so many, oldest first. */
    CompletionStage<List<ChatMessage>> last(UUID space, int most);
}
