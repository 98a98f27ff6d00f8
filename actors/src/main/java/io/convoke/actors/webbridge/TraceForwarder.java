package io.convoke.actors.webbridge;

import io.convoke.actors.c2w.C2wMessage;
import io.convoke.actors.trace.TraceEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The edge's events on their way to the core; kept, within bounds, while no link is up. */
final class TraceForwarder {
    private static final int BATCH = 50;

    private final int most;
    private final Deque<TraceEvent> waiting = new ArrayDeque<>();
    private long dropped;

    TraceForwarder(int most) {
        this.most = most;
    }

    void add(TraceEvent event) {
        if (waiting.size() == most) {
            waiting.removeFirst();
            dropped++;
        }
        waiting.add(event);
    }

    void flush(LinkTable.Link link) {
        while (!waiting.isEmpty()) {
            List<TraceEvent> batch = new ArrayList<>();
            while (batch.size() < BATCH && !waiting.isEmpty()) {
                batch.add(waiting.remove());
            }
            link.connection.send(new C2wMessage.EdgeTrace(batch));
        }
    }

    int size() {
        return waiting.size();
    }

    long dropped() {
        return dropped;
    }
}
