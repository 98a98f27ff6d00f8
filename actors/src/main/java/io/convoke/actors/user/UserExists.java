package io.convoke.actors.user;

/** The local part asked for is another user's. */
public final class UserExists extends Exception {
    private static final long serialVersionUID = 1L;

    UserExists(String local) {
        super("Expected a free local part, but \"" + local + "\" is taken");
    }
}
