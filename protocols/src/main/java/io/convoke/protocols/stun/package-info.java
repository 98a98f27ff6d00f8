/**
 * STUN messages (RFC 8489): telling them apart from other packets on a port, reading, checking and writing them, with
 * the attributes of ICE (RFC 8445 §16.1), TURN (RFC 8656 §18, RFC 6062, RFC 8016) and behaviour discovery (RFC 5780); the
 * two message integrities, the password algorithms and the cookie in a nonce.
 *
 * <p>A message from a peer is validated once, when parsed; reading it afterwards cannot fail. Left out on purpose: the
 * classic STUN of RFC 3489 (no magic cookie).
 */
@NullMarked
package io.convoke.protocols.stun;

import org.jspecify.annotations.NullMarked;
