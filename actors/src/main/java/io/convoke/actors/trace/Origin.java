package io.convoke.actors.trace;

/** Which trust zone an event comes from. */
public enum Origin {
    /** A node of the cluster. */
    CORE,
    /** A web bridge or relay in front of it. */
    EDGE
}
