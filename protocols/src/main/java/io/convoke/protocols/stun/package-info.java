/**
 * STUN messages (RFC 8489): telling them apart from other packets on a port, reading, checking and writing them, with
 * the attributes of ICE (RFC 8445 §16.1).
 *
 * <p>A message from a peer is validated once, when parsed; reading it afterwards cannot fail. Left out on purpose: the
 * classic STUN of RFC 3489 (no magic cookie), MESSAGE-INTEGRITY-SHA256, password algorithms and SASLprep.
 */
@NullMarked
package io.convoke.protocols.stun;

import org.jspecify.annotations.NullMarked;
