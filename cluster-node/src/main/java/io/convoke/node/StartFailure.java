package io.convoke.node;

/** The node cannot start; the message is one line for the operator that says what to change. */
public final class StartFailure extends Exception {
    private static final long serialVersionUID = 1;

    public StartFailure(String words) {
        super(words);
    }

    public StartFailure(String words, Throwable cause) {
        super(words, cause);
    }
}
