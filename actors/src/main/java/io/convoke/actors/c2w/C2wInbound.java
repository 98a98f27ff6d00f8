package io.convoke.actors.c2w;

/** Takes what comes over a C2W link. Called by the transport, from one thread at a time; must hand over at once and never block. */
public interface C2wInbound {
    /** The next message, in order. */
    void message(C2wMessage message);

    /** The link is gone; the last call. */
    void closed(C2wFailure why);
}
