package io.convoke.protocols.xmpp.registration;

/**
 * What broke a TLS connection.
 *
 * @param detail in the words of the TLS library or the system, for people
 */
public record TlsProblem(Kind kind, String detail) {
    public enum Kind {
        /** The peer answered, but not in TLS. */
        NOT_TLS,
        /** No version of TLS in common. */
        VERSION,
        /** No cipher suite, key or signature in common. */
        NOTHING_IN_COMMON,
        /** The peer wants a certificate, and says that it got none. */
        CLIENT_CERTIFICATE_REQUIRED,
        /** The peer does not want ours. */
        CLIENT_CERTIFICATE_REFUSED,
        /** The peer closed the connection. */
        CLOSED,
        /** The peer, or somebody between, reset the connection. */
        RESET,
        /** Something else. */
        OTHER
    }

    /** What an alert means to the one who received it, by the names of RFC 8446 §6.2. */
    public static TlsProblem ofAlert(String alert) {
        Kind kind = switch (alert) {
            case "protocol_version", "inappropriate_fallback" -> Kind.VERSION;
            case "handshake_failure", "insufficient_security", "illegal_parameter" -> Kind.NOTHING_IN_COMMON;
            case "certificate_required", "no_certificate" -> Kind.CLIENT_CERTIFICATE_REQUIRED;
            case "bad_certificate",
                    "unsupported_certificate",
                    "certificate_revoked",
                    "certificate_expired",
                    "certificate_unknown",
                    "unknown_ca",
                    "access_denied" -> Kind.CLIENT_CERTIFICATE_REFUSED;
            default -> Kind.OTHER;
        };
        return new TlsProblem(kind, "alert " + alert);
    }
}
