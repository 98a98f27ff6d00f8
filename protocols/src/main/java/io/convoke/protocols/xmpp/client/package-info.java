/**
 * A server's end of a client's stream: RFC 6120 (§4 streams, §5 STARTTLS, §6 SASL, §7 binding), over TCP and over WebSocket (RFC 7395), RFC 3921's session
 * as a formality, and stream management with resumption (XEP-0198). Who may log in, and what a stanza means, is for the caller.
 *
 * <p>Left out on purpose: dialback and server-to-server streams, compression, SASL2 and Bind2, {@code see-other-host}, resumption at another location, old
 * versions of stream management ({@code urn:xmpp:sm:2}), authentication without SASL (XEP-0078).
 */
@NullMarked
package io.convoke.protocols.xmpp.client;

import org.jspecify.annotations.NullMarked;
