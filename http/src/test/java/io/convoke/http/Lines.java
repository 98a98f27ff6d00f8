package io.convoke.http;

import io.convoke.actors.trace.Facility;
import io.convoke.actors.trace.Ids;
import io.convoke.actors.trace.Journal;
import io.convoke.actors.trace.Origin;
import io.convoke.actors.trace.Severity;
import io.convoke.actors.trace.TraceEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A journal that keeps lines for tests. */
public final class Lines implements Journal {
    /** A line with its ids. */
    public record Line(Facility facility, String program, Ids ids, String text) {}

    private final List<Line> lines = new CopyOnWriteArrayList<>();

    public List<Line> all() {
        return lines;
    }

    @Override
    public void record(String step, Ids ids, String text) {
        record(Facility.USER, Severity.INFO, "test", step, ids, text);
    }

    @Override
    public void record(Facility facility, Severity severity, String program, String step, Ids ids, String text) {
        lines.add(new Line(facility, program, ids, text));
    }

    @Override
    public void append(TraceEvent fromEdge) {
        lines.add(new Line(fromEdge.facility(), fromEdge.program(), fromEdge.ids(), fromEdge.text()));
    }

    @Override
    public Journal writingAs(Origin origin, String program) {
        return this;
    }

    @Override
    public Listening listen(Consumer<TraceEvent> listener) {
        return () -> {};
    }
}
