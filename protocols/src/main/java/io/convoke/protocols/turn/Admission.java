package io.convoke.protocols.turn;

/** Whether one more allocation fits the quotas. */
public sealed interface Admission {
    /** It does; the lease is the allocation's. */
    record Granted(Lease lease) implements Admission {}

    /** It does not. */
    enum Refused implements Admission {
        /** The user's or the source's quota is used up: 486. */
        QUOTA,
        /** The relay is full: 508. */
        FULL,
        /** This user may not allocate: 403. */
        FORBIDDEN
    }
}
