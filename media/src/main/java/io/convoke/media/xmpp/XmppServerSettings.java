package io.convoke.media.xmpp;

import io.convoke.protocols.xmpp.xml.StreamLimits;
import java.time.Duration;
import java.util.List;

/**
 * What the server's wire is started with.
 *
 * @param domain the server's own
 * @param requireClientCertificate whether a component must show a certificate; otherwise it is only asked for one
 */
public record XmppServerSettings(
        String domain, boolean requireClientCertificate, Components components, Clients clients) {
    /**
     * The streams of components.
     *
     * @param threads event loops; with one, stanzas between components never change threads
     * @param limits of one stanza
     * @param authenticationTimeout from accepting the connection to the handshake's end, TLS included
     * @param maxUnauthenticatedBytes until then, after TLS
     * @param keepAlive silence before a sign of life is sent or asked for
     * @param pingTimeout for the answer; also the time that a component has to show it is alive when another wants its name
     * @param stallTimeout a component that lets nothing be written to it for so long is dropped
     * @param maxInFlight stanzas given to the control plane and not taken over yet; with more the connection is not read
     * @param maxConnections of components in all
     * @param maxPerSource of components from one address
     */
    public record Components(
            int threads,
            StreamLimits limits,
            Duration authenticationTimeout,
            int maxUnauthenticatedBytes,
            Duration keepAlive,
            Duration pingTimeout,
            Duration stallTimeout,
            int maxInFlight,
            int maxConnections,
            int maxPerSource) {}

    /**
     * The streams of clients.
     *
     * @param threads event loops
     * @param requireTls whether a client of TCP has to encrypt before it may log in
     * @param mechanisms of SASL, the strongest first
     * @param limits of one stanza, or of one WebSocket message
     * @param authenticationTimeout from accepting the connection to the binding of a resource, TLS included
     * @param maxUnauthenticatedBytes until SASL has succeeded, after TLS
     * @param keepAlive silence before a sign of life is sent or asked for
     * @param pingTimeout for the answer
     * @param resumeTimeout how long a lost connection with XEP-0198 may be resumed
     * @param maxInFlight stanzas given to the control plane and not taken over yet; with more the connection is not read
     * @param maxQueuedBytes what may wait for a client that does not read; with more it is broken off
     * @param stanzasPerSecond from one client on average; with more the connection is read more slowly
     * @param burst stanzas beyond that rate at once
     * @param maxConnections of clients in all
     * @param maxPerSource of clients from one address
     */
    public record Clients(
            int threads,
            boolean requireTls,
            List<String> mechanisms,
            StreamLimits limits,
            Duration authenticationTimeout,
            int maxUnauthenticatedBytes,
            Duration keepAlive,
            Duration pingTimeout,
            Duration resumeTimeout,
            int maxInFlight,
            int maxQueuedBytes,
            int stanzasPerSecond,
            int burst,
            int maxConnections,
            int maxPerSource) {}
}
