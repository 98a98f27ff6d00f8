package io.convoke.protocols.xmpp.registration;

import org.jspecify.annotations.Nullable;

/** How a connection failed or ended. {@code words} are the system's, for people. */
public sealed interface Break {
    /** Why a connection that stood is over; empty where nothing is known. */
    default String said() {
        if (this instanceof Closed closed) {
            return closed.words();
        }
        return this instanceof Tls tls ? tls.problem().detail() : "";
    }

    enum Connecting {
        REFUSED,
        UNREACHABLE,
        TIMEOUT,
        OTHER
    }

    /** There was no TCP connection. */
    record NotConnected(Connecting kind, String words) implements Break {}

    /** TLS failed, at whatever point; {@code seen} null where the server had not shown a certificate yet. */
    record Tls(TlsProblem problem, @Nullable CertificateSeen seen) implements Break {
        /** With TLS 1.3 the server judges our certificate when we think that the handshake is over. */
        boolean isAboutOurCertificate() {
            return problem.kind() == TlsProblem.Kind.CLIENT_CERTIFICATE_REFUSED
                    || problem.kind() == TlsProblem.Kind.CLIENT_CERTIFICATE_REQUIRED;
        }
    }

    /** We refused the server's certificate. */
    record Refused(RegistrationFailure failure, CertificateSeen seen) implements Break {}

    /** The server, or somebody between, ended the connection. */
    record Closed(String words) implements Break {}

    /** The server does not read what we send, and more waits than may. */
    record Clogged(String words) implements Break {}
}
