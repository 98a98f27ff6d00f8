package io.convoke.actors.trace;

/** The syslog facilities in use (RFC 3164 §4.1.1). */
public enum Facility {
    /** What the servers do. */
    USER(1),
    /** What people did: the audit log. */
    LOCAL0(16),
    /** What was asked over HTTP: the access log. */
    LOCAL7(23);

    private final int number;

    Facility(int number) {
        this.number = number;
    }

    /** The facility's number on the wire, before it is multiplied by 8. */
    public int number() {
        return number;
    }
}
