package io.convoke.media.sfu;

/** Why a datagram, or a packet in it, went no further. */
public enum DropReason {
    /** Neither STUN, DTLS, RTP nor RTCP (RFC 7983), or longer than a datagram may be here. */
    UNKNOWN_PROTOCOL,
    /** STUN that is not a valid Binding request, or names no session. */
    BAD_STUN,
    /** DTLS or media from an address without a valid connectivity check. */
    UNKNOWN_ADDRESS,
    /** DTLS that the guard keeps away from the library. */
    DTLS_GUARD,
    /** DTLS before its time, or faster than the handshake takes it. */
    DTLS_UNEXPECTED,
    /** Media before the SRTP keys are there. */
    NO_KEYS,
    /** SRTP that does not authenticate. */
    SRTP_AUTHENTICATION,
    /** SRTP seen before, or too old to tell. */
    SRTP_REPLAYED,
    /** SRTP or RTP without the shape of it. */
    SRTP_MALFORMED,
    /** A stream that no media section announces, or more streams than a session may have. */
    UNKNOWN_STREAM,
    /** A payload type that was not negotiated. */
    WRONG_PAYLOAD_TYPE,
    /** The participant has muted this medium. */
    MUTED,
    /** The socket's send buffer was full. */
    SEND_FULL
}
