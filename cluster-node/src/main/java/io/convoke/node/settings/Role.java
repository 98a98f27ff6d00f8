package io.convoke.node.settings;

/** What a process does; see {@code convoke.node.roles}. */
public enum Role {
    CALLBRIDGE("callbridge"),
    WEBBRIDGE3("webbridge3"),
    TURN("turn"),
    XMPP("xmpp"),
    API("api");

    private final String word;

    Role(String word) {
        this.word = word;
    }

    /** As configurations and cluster members spell it. */
    public String word() {
        return word;
    }

    /** Whether it makes its process a member of the core's cluster. */
    public boolean isCore() {
        return this == CALLBRIDGE || this == API || this == XMPP;
    }
}
