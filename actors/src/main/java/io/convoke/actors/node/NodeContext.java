package io.convoke.actors.node;

import io.convoke.actors.trace.Journal;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The node's own things, shared by its actors.
 *
 * @param name the node's name in logs and states
 * @param clock wall clock, for what people read and for tokens' expiry
 * @param nanos monotonic clock, for leases and waits
 */
public record NodeContext(String name, Journal journal, Board board, InstantSource clock, LongSupplier nanos) {
    /** With the machine's clocks. */
    public static NodeContext of(String name, Journal journal, Board board) {
        return new NodeContext(name, journal, board, InstantSource.system(), System::nanoTime);
    }
}
