package io.convoke.protocols.turn;

/** What a server counted since its start; plain fields, on its thread only. */
public final class ServerCounters {
    /** Error codes are 300 to 699 (RFC 8489 §14.8). */
    public static final int LOWEST_CODE = 300;

    /** Messages that came. */
    public long received;

    /** Not STUN, or with a wrong checksum, or of no use to a server: dropped. */
    public long malformed;

    /** Unauthenticated requests over their source's rate: dropped. */
    public long limited;

    /** Binding requests answered with success. */
    public long bindings;

    /** Requests answered 401 or 438. */
    public long challenges;

    /** Requests answered with any other error. */
    public long errors;

    /** Requests answered with an error, by its code less {@link #LOWEST_CODE}. */
    public final long[] byErrorCode = new long[400];

    /** Allocations made. */
    public long allocated;

    /** Allocations ended. */
    public long freed;

    /** Allocate requests answered 486 or 508. */
    public long overQuota;
}
