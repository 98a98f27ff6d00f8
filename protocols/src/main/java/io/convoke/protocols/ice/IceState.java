package io.convoke.protocols.ice;

/** How far the connection has come. */
public enum IceState {
    /** No valid check yet. */
    NEW,
    /** The peer reaches this side from at least one address, but has not chosen one. */
    CHECKING,
    /** The peer has chosen an address and keeps its consent fresh. */
    CONNECTED,
    /** The peer has stopped consenting. Final: nothing may be sent, and only a new agent can connect again. */
    DISCONNECTED
}
