package io.convoke.actors.guest;

/** The queue in front of the database has no room: the database is away or too slow for the joins that come. */
public final class CredentialQueueFull extends Exception {
    private static final long serialVersionUID = 1L;

    CredentialQueueFull(int capacity) {
        super("Expected room in the credential queue, but all " + capacity + " places are taken");
    }
}
