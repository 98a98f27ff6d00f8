package io.convoke.actors.chat;

import akka.Done;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.sql.DataSource;

/** The table {@code chat_message}: one transaction for each call. Two writers of one space cannot both succeed, as both take the same numbers. */
final class JdbcChatStore implements ChatStore {
    private final DataSource database;
    private final Executor blocking;

    JdbcChatStore(DataSource database, Executor blocking) {
        this.database = database;
        this.blocking = blocking;
    }

    @Override
    public CompletionStage<Done> append(UUID space, List<ChatMessage> messages, List<UUID> undone, int keep) {
        return ask(() -> {
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                try {
                    takeOut(connection, space, undone);
                    long last = insert(connection, space, messages);
                    prune(connection, space, last - keep);
                    connection.commit();
                } catch (SQLException failure) {
                    connection.rollback();
                    throw failure;
                }
                return Done.getInstance();
            }
        });
    }

    @Override
    public CompletionStage<List<ChatMessage>> last(UUID space, int most) {
        return ask(() -> {
            try (Connection connection = database.getConnection();
                    PreparedStatement query = connection.prepareStatement(
                            "SELECT id, said_at, sender_name, sender_kind, participant, body FROM chat_message"
                                    + " WHERE space = ? ORDER BY number DESC LIMIT ?")) {
                query.setObject(1, space);
                query.setInt(2, most);
                List<ChatMessage> messages = new ArrayList<>();
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        messages.add(new ChatMessage(
                                row.getObject(1, UUID.class),
                                row.getObject(2, OffsetDateTime.class).toInstant(),
                                row.getString(3),
                                ChatMessage.Kind.valueOf(row.getString(4).toUpperCase(Locale.ROOT)),
                                row.getObject(5, UUID.class),
                                row.getString(6)));
                    }
                }
                Collections.reverse(messages);
                return messages;
            }
        });
    }

    private static void takeOut(Connection connection, UUID space, List<UUID> undone) throws SQLException {
        if (undone.isEmpty()) {
            return;
        }
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM chat_message WHERE space = ? AND id = ?")) {
            for (UUID id : undone) {
                delete.setObject(1, space);
                delete.setObject(2, id);
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    /** The number of the last one. */
    private static long insert(Connection connection, UUID space, List<ChatMessage> messages) throws SQLException {
        long number;
        try (PreparedStatement query =
                connection.prepareStatement("SELECT COALESCE(MAX(number), 0) FROM chat_message WHERE space = ?")) {
            query.setObject(1, space);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                number = row.getLong(1);
            }
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO chat_message (space, number, id, said_at, sender_name, sender_kind, participant, body)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (ChatMessage message : messages) {
                insert.setObject(1, space);
                insert.setLong(2, ++number);
                insert.setObject(3, message.id());
                insert.setObject(4, message.at().atOffset(ZoneOffset.UTC));
                insert.setString(5, message.name());
                insert.setString(6, message.kind().name().toLowerCase(Locale.ROOT));
                insert.setObject(7, message.participant());
                insert.setString(8, message.body());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        return number;
    }

    private static void prune(Connection connection, UUID space, long upTo) throws SQLException {
        if (upTo < 1) {
            return;
        }
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM chat_message WHERE space = ? AND number <= ?")) {
            delete.setObject(1, space);
            delete.setLong(2, upTo);
            delete.executeUpdate();
        }
    }

    private <T> CompletionStage<T> ask(Callable<T> statement) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            blocking.execute(() -> {
                try {
                    answer.complete(statement.call());
                } catch (Exception failure) {
                    answer.completeExceptionally(failure);
                }
            });
        } catch (RejectedExecutionException full) {
            answer.completeExceptionally(full);
        }
        return answer.minimalCompletionStage();
    }
}
