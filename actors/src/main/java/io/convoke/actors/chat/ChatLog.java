package io.convoke.actors.chat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was said in a room: the newest stored messages, for those who enter; what is on its way into the store; and how it went. For one thread. */
final class ChatLog {
    private final int mostRecent;
    private final Deque<ChatMessage> recent = new ArrayDeque<>();
    private final WriteQueue queue = new WriteQueue();
    private long said;
    private long stored;
    private @Nullable String lastError;

    ChatLog(int mostRecent) {
        this.mostRecent = mostRecent;
    }

    void loaded(List<ChatMessage> messages) {
        messages.forEach(this::remember);
        lastError = null;
    }

    WriteQueue queue() {
        return queue;
    }

    /** Said, and not kept. */
    void passing(Saying saying) {
        said++;
    }

    void stored(List<Saying> batch) {
        said += batch.size();
        stored += batch.size();
        batch.forEach(saying -> remember(saying.message()));
        lastError = null;
    }

    void failed(String why) {
        lastError = why;
    }

    /** The newest {@code most} at most, oldest first. */
    List<ChatMessage> recent(int most) {
        return recent.stream().skip(Math.max(0, recent.size() - most)).toList();
    }

    /** In this life of the room. */
    long said() {
        return said;
    }

    long stored() {
        return stored;
    }

    /** Null: the database answered last time. */
    @Nullable
    String lastError() {
        return lastError;
    }

    private void remember(ChatMessage message) {
        recent.add(message);
        if (recent.size() > mostRecent) {
            recent.remove();
        }
    }
}
