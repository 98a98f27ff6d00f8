package io.convoke.actors.trace;

import java.util.ArrayList;
import java.util.List;

/**
 * The last events of this node, and those its edges sent: a ring, where the oldest makes room for the newest. Safe
 * from any thread; writing takes a lock for well under a microsecond.
 */
public final class TraceStore {
    /** Enough for some thousand joins; about 20 MB. */
    public static final int DEFAULT_CAPACITY = 50_000;

    /** A piece of the ring: events from a position on, and the position after the last one looked at. */
    record Piece(List<TraceEvent> events, long nextPosition) {}

    private final TraceEvent[] ring;
    private long written;

    public TraceStore(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("Expected room for at least one event, but capacity is " + capacity);
        }
        this.ring = new TraceEvent[capacity];
    }

    /** Keeps the event, and forgets the oldest if need be. */
    synchronized void add(TraceEvent event) {
        ring[(int) (written++ % ring.length)] = event;
    }

    /** How many events are kept at this moment. */
    public synchronized int size() {
        return (int) Math.min(written, ring.length);
    }

    /** The story asked for as far as this node knows it, by time and then sequence. */
    public List<TraceEvent> query(TraceQuery query) {
        List<TraceEvent> events = from(0).events();
        return TraceStory.tell(events, query);
    }

    /** Everything kept from a position on, oldest first. */
    synchronized Piece from(long position) {
        long first = Math.max(position, written - size());
        List<TraceEvent> events = new ArrayList<>((int) Math.max(0, written - first));
        for (long at = first; at < written; at++) {
            events.add(ring[(int) (at % ring.length)]);
        }
        return new Piece(events, Math.max(first, written));
    }
}
