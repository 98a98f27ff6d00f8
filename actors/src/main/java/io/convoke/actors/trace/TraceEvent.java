package io.convoke.actors.trace;

import io.convoke.actors.state.ClusterMessage;
import java.time.Instant;

/**
 * One step in somebody's or something's life, which is one log line too.
 *
 * @param at when it happened by the clock of {@code node}
 * @param sequence counts up on {@code node}; orders events of the same instant
 * @param node name of the node that wrote it
 * @param origin the node's trust zone
 * @param facility which log it belongs to
 * @param severity how bad it is
 * @param program who speaks: {@code host:server}, {@code client_backend} or {@code wb3_frontend}
 * @param step stable name in camel case, for programs
 * @param text the log line's wording, for people and for log tooling; no line breaks
 * @param ids whom it concerns
 */
public record TraceEvent(
        Instant at,
        long sequence,
        String node,
        Origin origin,
        Facility facility,
        Severity severity,
        String program,
        String step,
        String text,
        Ids ids)
        implements ClusterMessage {}
