/**
 * Proving who one is (RFC 6120 §6): SCRAM-SHA-1 (RFC 5802) and SCRAM-SHA-256 (RFC 7677), both ends, and PLAIN's message (RFC 4616). Nonces, keys and the
 * names that exist come from the caller.
 *
 * <p>Left out on purpose: channel binding (a client that demands it is refused, one that merely could is taken), SASLprep's checks of unassigned code
 * points and of bidirectional text (RFC 4013 §2.4, §2.5): a password that has such is taken as NFKC leaves it.
 */
@NullMarked
package io.convoke.protocols.xmpp.sasl;

import org.jspecify.annotations.NullMarked;
