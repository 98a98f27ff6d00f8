package io.convoke.actors.callbridge;

/** What guests are told when a server that carries their call is being stopped. */
final class Stopping {
    /** The client protocol's {@code ended} code. */
    static final String CODE = "serverStopping";

    static final String CALLBRIDGE = "The server that carried the call is being stopped. Join again in a moment.";
    static final String WEB_BRIDGE = "The web bridge that carried the call is being stopped. Join again in a moment.";

    private Stopping() {}
}
