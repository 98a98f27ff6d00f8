package io.convoke.protocols.xmpp.client;

/** How far a client has come. */
enum Phase {
    OPENING,
    NEGOTIATING,
    SECURING,
    ASKING_SASL,
    IN_SASL,
    UNBOUND,
    ASKING_BIND,
    ASKING_RESUME,
    ESTABLISHED,
    ENDED;

    /** Whether the caller owes an answer: what the client sends waits. */
    boolean isAsking() {
        return switch (this) {
            case ASKING_SASL, ASKING_BIND, ASKING_RESUME, SECURING -> true;
            default -> false;
        };
    }
}
