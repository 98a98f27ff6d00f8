package io.convoke.protocols.turn;

/** Why an allocation ended. */
public enum CloseReason {
    /** Its lifetime ran out. */
    EXPIRED,
    /** The client refreshed it to zero. */
    DELETED,
    /** The client's connection ended. */
    CLIENT_GONE,
    /** An administrator closed it. */
    CLOSED,
    /** Its credentials hold no longer. */
    REVOKED,
    /** The relay goes out of service. */
    DRAINED,
    /** Its port could not be used any longer. */
    RELAY_FAILED
}
