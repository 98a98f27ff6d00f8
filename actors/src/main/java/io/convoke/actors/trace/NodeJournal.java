package io.convoke.actors.trace;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The journal of one process. Its own events get ascending times and sequence numbers, in the order they are kept. */
public final class NodeJournal implements Journal {
    /** What all views of one process's journal share. */
    private static final class Shared {
        final String node;
        final InstantSource clock;
        final TraceStore store;
        final Consumer<TraceEvent> streams;
        final List<Consumer<TraceEvent>> listeners = new CopyOnWriteArrayList<>();
        Instant last = Instant.MIN;
        long sequence;

        Shared(String node, InstantSource clock, TraceStore store, Consumer<TraceEvent> streams) {
            this.node = node;
            this.clock = clock;
            this.store = store;
            this.streams = streams;
        }
    }

    private final Shared shared;
    private final Origin origin;
    private final String program;

    private NodeJournal(Shared shared, Origin origin, String program) {
        this.shared = shared;
        this.origin = origin;
        this.program = program;
    }

    /**
     * The journal of a process.
     *
     * @param node the node's name, without white space
     * @param origin the trust zone of what writes to it directly; {@link #writingAs} for the other one
     * @param program who speaks in lines that name no program
     * @param clock where times come from
     * @param store where events are kept
     * @param streams where lines go, {@link LogStreams#offer}; must not block
     */
    public static Journal of(
            String node,
            Origin origin,
            String program,
            InstantSource clock,
            TraceStore store,
            Consumer<TraceEvent> streams) {
        return new NodeJournal(new Shared(node, clock, store, streams), origin, program);
    }

    @Override
    public void record(String step, Ids ids, String text) {
        record(Facility.USER, Severity.INFO, program, step, ids, text);
    }

    @Override
    public void record(Facility facility, Severity severity, String speaker, String step, Ids ids, String text) {
        String line = LogLine.oneLine(text);
        TraceEvent event;
        // One lock, so that the store and the files see events in the order of their sequence numbers.
        synchronized (shared) {
            Instant now = shared.clock.instant();
            shared.last = now.isBefore(shared.last) ? shared.last : now;
            event = new TraceEvent(
                    shared.last, ++shared.sequence, shared.node, origin, facility, severity, speaker, step, line, ids);
            if (isOfSomebody(event)) {
                shared.store.add(event);
            }
            shared.streams.accept(event);
        }
        write(facility, severity, speaker, line);
        if (isOfSomebody(event)) {
            for (Consumer<TraceEvent> listener : shared.listeners) {
                listener.accept(event);
            }
        }
    }

    /** Access lines that concern nobody in particular are for the files: a flood of requests must not push traces out of memory. */
    private static boolean isOfSomebody(TraceEvent event) {
        return event.facility() != Facility.LOCAL7 || !event.ids().equals(Ids.none());
    }

    /** The console's layout finds the facility in the MDC, where {@code user} need not stand. */
    private static void write(Facility facility, Severity severity, String speaker, String line) {
        if (facility != Facility.USER) {
            MDC.put("facility", facility.name().toLowerCase(Locale.ROOT));
        }
        Logger console = LoggerFactory.getLogger(speaker);
        switch (severity) {
            case INFO -> console.info(line);
            case WARNING -> console.warn(line);
            case ERR -> console.error(line);
        }
        if (facility != Facility.USER) {
            MDC.remove("facility");
        }
    }

    @Override
    public void append(TraceEvent fromEdge) {
        if (isWhole(fromEdge) && !fromEdge.node().equals(shared.node)) {
            shared.store.add(new TraceEvent(
                    fromEdge.at(),
                    fromEdge.sequence(),
                    fromEdge.node(),
                    Origin.EDGE,
                    fromEdge.facility(),
                    fromEdge.severity(),
                    fromEdge.program(),
                    fromEdge.step(),
                    LogLine.oneLine(fromEdge.text()),
                    fromEdge.ids()));
        }
    }

    /** JSON that came over a link may leave out what the types promise. */
    private static boolean isWhole(TraceEvent event) {
        return Stream.of(
                        event.at(),
                        event.node(),
                        event.facility(),
                        event.severity(),
                        event.program(),
                        event.step(),
                        event.text(),
                        event.ids())
                .allMatch(Objects::nonNull);
    }

    @Override
    public Journal writingAs(Origin otherOrigin, String otherProgram) {
        return new NodeJournal(shared, otherOrigin, otherProgram);
    }

    @Override
    public Listening listen(Consumer<TraceEvent> listener) {
        shared.listeners.add(listener);
        return () -> shared.listeners.remove(listener);
    }
}
