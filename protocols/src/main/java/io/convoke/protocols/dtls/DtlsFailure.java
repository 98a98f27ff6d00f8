package io.convoke.protocols.dtls;

import org.jspecify.annotations.Nullable;

/** A handshake that did not come to its end. The message is for people: what was expected and what happened. */
public final class DtlsFailure extends Exception {
    /** What a handshake failed of. */
    public enum Reason {
        /** The peer's certificate is not the one its description announced. */
        FINGERPRINT_MISMATCH,
        /** No answer, or not all of it, within the time for handshakes. */
        TIMEOUT,
        /** The peer takes none of the SRTP profiles offered. */
        NO_COMMON_PROFILE,
        /** One side broke off with an alert; the message says which and who. */
        ALERT,
        /** The association was closed, by either side, before the handshake was done. */
        CLOSED,
        /** Something is wrong on our side. */
        INTERNAL
    }

    private final Reason reason;

    DtlsFailure(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
