package io.convoke.protocols.turn;

/** A place in the quotas, held by one allocation and released exactly once. Thread-safe. */
public interface Lease {
    /** Gives the place back. */
    void release();

    /** The bandwidth this allocation shares with others of its user and source. */
    BandwidthMeter bandwidth();
}
