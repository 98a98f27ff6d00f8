package io.convoke.media.relay.stream;

import java.util.concurrent.atomic.LongAdder;

/** What happened to connections since the start. Safe from any thread. */
public final class StreamCounters {
    /**
     * The counts of a moment.
     *
     * @param accepted connections, those refused not among them
     * @param refused closed at once: too many in all, from their source or in handshakes
     * @param handshakes TLS handshakes that succeeded
     * @param handshakesFailed refused by either side, or not done in time
     * @param garbage closed because they sent something else than STUN and ChannelData
     * @param idle closed because they had no allocation and sent nothing
     * @param stalled closed because they did not read
     * @param dropped relayed messages that were not sent because the client did not read
     */
    public record Snapshot(
            long accepted,
            long refused,
            long handshakes,
            long handshakesFailed,
            long garbage,
            long idle,
            long stalled,
            long dropped) {}

    final LongAdder accepted = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder handshakes = new LongAdder();
    final LongAdder handshakesFailed = new LongAdder();
    final LongAdder garbage = new LongAdder();
    final LongAdder idle = new LongAdder();
    final LongAdder stalled = new LongAdder();
    final LongAdder dropped = new LongAdder();

    public Snapshot snapshot() {
        return new Snapshot(
                accepted.sum(),
                refused.sum(),
                handshakes.sum(),
                handshakesFailed.sum(),
                garbage.sum(),
                idle.sum(),
                stalled.sum(),
                dropped.sum());
    }
}
