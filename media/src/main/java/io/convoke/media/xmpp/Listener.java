package io.convoke.media.xmpp;

import java.net.InetSocketAddress;

/**
 * One port of the XMPP server.
 *
 * @param address with port 0 for any that is free
 */
public record Listener(Kind kind, InetSocketAddress address) {
    /** Who is served there, and how. */
    public enum Kind {
        /** Clients over TCP; TLS from the first byte, or by STARTTLS. */
        CLIENTS,
        /** Components, TLS from the first byte. */
        COMPONENTS,
        /** Components without TLS: the secret is proved by a hash only, and stanzas can be read on the way. */
        PLAIN_COMPONENTS,
        /** Clients over WebSocket (RFC 7395) without TLS, for loopback or behind a proxy. */
        WEB_SOCKET,
        /** Clients over WebSocket with TLS. */
        SECURE_WEB_SOCKET
    }
}
