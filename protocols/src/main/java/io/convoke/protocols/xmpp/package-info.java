/**
 * XMPP's words (RFC 6120, RFC 7622): addresses, error conditions, namespaces, and how to answer a stanza. Streams, SASL and what is negotiated have
 * packages of their own below.
 */
@NullMarked
package io.convoke.protocols.xmpp;

import org.jspecify.annotations.NullMarked;
