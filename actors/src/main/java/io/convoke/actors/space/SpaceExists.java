package io.convoke.actors.space;

/** The URI or call ID that a new space asked for belongs to another. */
public final class SpaceExists extends Exception {
    private static final long serialVersionUID = 1L;

    SpaceExists(NewSpace space) {
        super("Expected a free URI and call ID, but \"" + space.uri() + "\" or " + space.callId() + " is taken");
    }
}
