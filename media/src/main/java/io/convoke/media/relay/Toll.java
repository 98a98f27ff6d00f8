package io.convoke.media.relay;

import io.convoke.protocols.turn.Allocation;

/** What a connection's bytes in one direction owe their allocation's bandwidth. On the loop's thread. */
final class Toll {
    /** The budget is asked for so much at a time: it may never have more at once. */
    private static final int PORTION_BYTES = 1200;

    private final Allocation allocation;
    private long owedBytes;

    Toll(Allocation allocation) {
        this.allocation = allocation;
    }

    /** Adds to what is owed and pays what can be paid; whether that was all. */
    boolean pay(int bytes, long nowNanos) {
        owedBytes += bytes;
        while (owedBytes > 0) {
            int portion = (int) Math.min(owedBytes, PORTION_BYTES);
            if (!allocation.spend(portion, nowNanos)) {
                return false;
            }
            owedBytes -= portion;
        }
        return true;
    }
}
