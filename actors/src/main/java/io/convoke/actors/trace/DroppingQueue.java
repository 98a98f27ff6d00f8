package io.convoke.actors.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue between callers that never wait and one reader that does: when it is full the oldest is lost and
 * counted. Safe from any thread; at most one {@link #take} at a time.
 */
final class DroppingQueue<T> {
    private static final int MOST_TAKEN = 256;

    private final int capacity;
    private final ArrayDeque<T> waiting = new ArrayDeque<>();
    private @Nullable CompletableFuture<Optional<List<T>>> reader;
    private long dropped;
    private boolean closed;

    DroppingQueue(int capacity) {
        this.capacity = capacity;
    }

    void offer(T element) {
        CompletableFuture<Optional<List<T>>> waked;
        synchronized (this) {
            if (closed) {
                dropped++;
                return;
            }
            if (reader == null) {
                if (waiting.size() >= capacity) {
                    waiting.removeFirst();
                    dropped++;
                }
                waiting.addLast(element);
                return;
            }
            waked = reader;
            reader = null;
        }
        waked.complete(Optional.of(List.of(element)));
    }

    /** The next elements, some hundred at most, as soon as there is one; empty when closed and all are taken. */
    synchronized CompletionStage<Optional<List<T>>> take() {
        if (!waiting.isEmpty()) {
            List<T> taken = new ArrayList<>();
            while (taken.size() < MOST_TAKEN && !waiting.isEmpty()) {
                taken.add(waiting.removeFirst());
            }
            return CompletableFuture.completedFuture(Optional.of(taken));
        }
        if (closed) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        // A reader that failed may have left its wait behind; what comes goes to the new one.
        reader = new CompletableFuture<>();
        return reader;
    }

    /** How many were lost so far. */
    synchronized long dropped() {
        return dropped;
    }

    /** Takes no more; the reader gets what is left. */
    void close() {
        CompletableFuture<Optional<List<T>>> waked;
        synchronized (this) {
            closed = true;
            waked = reader;
            reader = null;
        }
        if (waked != null) {
            waked.complete(Optional.empty());
        }
    }
}
