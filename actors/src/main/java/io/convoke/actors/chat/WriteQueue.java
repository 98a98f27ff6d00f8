package io.convoke.actors.chat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/** What was said and is not stored yet, in order; one batch of it is being written at a time. For one thread. */
final class WriteQueue {
    private static final int MOST_WAITING = 500;
    private static final int MOST_IN_BATCH = 100;
    private static final int MOST_UNDONE = 1000;

    private final Deque<Saying> waiting = new ArrayDeque<>();
    private final Deque<UUID> undone = new ArrayDeque<>();
    private List<Saying> writing = List.of();

    /** False: too many wait. */
    boolean add(Saying saying) {
        return size() < MOST_WAITING && waiting.add(saying);
    }

    /** The next batch to write; empty while one is being written, or where there is none. */
    List<Saying> next() {
        if (!writing.isEmpty()) {
            return List.of();
        }
        List<Saying> batch = new ArrayList<>();
        while (!waiting.isEmpty() && batch.size() < MOST_IN_BATCH) {
            batch.add(waiting.remove());
        }
        writing = batch;
        return List.copyOf(batch);
    }

    /** The batch is stored, and what was undone before is known to be gone. */
    List<Saying> stored() {
        undone.clear();
        return settled();
    }

    /** It is not known whether the batch got there; the next one takes it out. */
    List<Saying> failed() {
        for (Saying saying : writing) {
            if (undone.size() == MOST_UNDONE) {
                undone.remove();
            }
            undone.add(saying.message().id());
        }
        return settled();
    }

    List<UUID> undone() {
        return List.copyOf(undone);
    }

    int size() {
        return waiting.size() + writing.size();
    }

    private List<Saying> settled() {
        List<Saying> batch = writing;
        writing = List.of();
        return batch;
    }
}
