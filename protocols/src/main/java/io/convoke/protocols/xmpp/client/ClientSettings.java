package io.convoke.protocols.xmpp.client;

import io.convoke.protocols.xmpp.xml.StreamLimits;
import java.util.List;

/**
 * What a client's stream needs to know.
 *
 * @param domain the server's, which the client must ask for
 * @param mechanisms of SASL, the strongest first; {@code PLAIN} among them is offered on encrypted connections only
 * @param resumeSeconds how long a lost stream may be resumed; 0: not at all
 */
public record ClientSettings(
        String domain, Transport transport, Tls tls, List<String> mechanisms, Bounds bounds, int resumeSeconds) {
    public ClientSettings {
        mechanisms = List.copyOf(mechanisms);
    }

    public enum Transport {
        TCP,
        WEB_SOCKET
    }

    /** How the connection comes to be encrypted. */
    public enum Tls {
        /** It is already. */
        ENCRYPTED,
        /** STARTTLS is offered, and nothing else before. */
        REQUIRED,
        /** STARTTLS is offered. */
        OPTIONAL,
        /** Not at all. */
        NONE
    }

    /**
     * Bounds.
     *
     * @param authenticationTimeoutNanos from the machine's making to a bound resource
     * @param maxUnauthenticatedBytes until the SASL success
     * @param maxAuthenticationAttempts that may fail
     * @param keepAliveNanos of silence before a sign of life
     * @param pingTimeoutNanos for the answer to it
     * @param maxUnacknowledgedStanzas kept for resumption
     * @param maxUnacknowledgedBytes kept for resumption
     */
    public record Bounds(
            StreamLimits limits,
            long authenticationTimeoutNanos,
            int maxUnauthenticatedBytes,
            int maxAuthenticationAttempts,
            long keepAliveNanos,
            long pingTimeoutNanos,
            int maxUnacknowledgedStanzas,
            int maxUnacknowledgedBytes) {}
}
