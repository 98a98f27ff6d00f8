package io.convoke.media.sfu;

/** How far a session's peer connection got. */
public enum MediaState {
    /** No valid connectivity check yet. */
    NEW,
    /** A valid connectivity check came; the DTLS handshake starts, with the server as initiator. */
    CONNECTING,
    /** SRTP keys are installed; media flows. */
    CONNECTED,
    /** Given up: consent lost, handshake failed, nothing came in time. Final. */
    FAILED,
    /** The client said goodbye with a close_notify, or the session was closed. Final. */
    CLOSED
}
