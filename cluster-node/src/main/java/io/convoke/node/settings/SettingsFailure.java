package io.convoke.node.settings;

/** The configuration cannot be used; the message is for the operator and names file, line and key. */
public final class SettingsFailure extends Exception {
    private static final long serialVersionUID = 1;

    public SettingsFailure(String words) {
        super(words);
    }

    public SettingsFailure(String words, Throwable cause) {
        super(words, cause);
    }
}
