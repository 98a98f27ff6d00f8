package io.convoke.actors.trace;

import java.util.function.Consumer;

/**
 * Where every part of a node writes what happened. Safe from any thread, and never blocks: what cannot be kept is
 * dropped and counted.
 */
public interface Journal {
    /** Records an informational event of this journal's own program with facility {@code user}. */
    void record(String step, Ids ids, String text);

    /** Records an event. Control characters in {@code text} become spaces, so that one event stays one line. */
    void record(Facility facility, Severity severity, String program, String step, Ids ids, String text);

    /**
     * Keeps an event that another process recorded and logged. Events of this very node are ignored: they are here
     * already.
     */
    void append(TraceEvent fromEdge);

    /** The same journal written to from another trust zone and program of this process; shares store and sequence. */
    Journal writingAs(Origin origin, String program);

    /**
     * Hands each event recorded from now on (not the appended ones) to the listener, on the recording thread. The
     * listener must be quick and must not throw. Closing the answer ends it.
     */
    Listening listen(Consumer<TraceEvent> listener);

    /** A listener's stay. */
    interface Listening extends AutoCloseable {
        @Override
        void close();
    }
}
