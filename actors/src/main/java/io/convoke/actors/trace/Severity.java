package io.convoke.actors.trace;

/** The syslog severities in use (RFC 3164 §4.1.1). */
public enum Severity {
    /** Something happened as it should. */
    INFO(6),
    /** Something is worth an operator's eye. */
    WARNING(4),
    /** Something failed. */
    ERR(3);

    private final int number;

    Severity(int number) {
        this.number = number;
    }

    /** The severity's number on the wire. */
    public int number() {
        return number;
    }

    /** The word in a log line: {@code INFO}, {@code WARNING} or {@code ERROR}. */
    public String word() {
        return this == ERR ? "ERROR" : name();
    }
}
