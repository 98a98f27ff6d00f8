package io.convoke.media.relay.dtls;

import java.util.concurrent.atomic.LongAdder;

/** What happened to associations since the start. Safe from any thread. */
public final class DtlsCounters {
    /**
     * The counts of a moment.
     *
     * @param challenged ClientHellos answered with a cookie
     * @param handshakes that succeeded
     * @param handshakesFailed begun and not ended well
     * @param refused with a good cookie, when there were too many associations or handshakes
     * @param unexpected datagrams that belong to no association and begin none, or that the library must not see
     * @param idle associations closed because they had no allocation and sent nothing
     */
    public record Snapshot(
            long challenged, long handshakes, long handshakesFailed, long refused, long unexpected, long idle) {}

    final LongAdder challenged = new LongAdder();
    final LongAdder handshakes = new LongAdder();
    final LongAdder handshakesFailed = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder unexpected = new LongAdder();
    final LongAdder idle = new LongAdder();

    public Snapshot snapshot() {
        return new Snapshot(
                challenged.sum(),
                handshakes.sum(),
                handshakesFailed.sum(),
                refused.sum(),
                unexpected.sum(),
                idle.sum());
    }
}
