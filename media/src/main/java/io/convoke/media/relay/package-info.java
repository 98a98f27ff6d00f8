/**
 * The relay's ground: a STUN server that tells clients the address they are seen with (RFC 8489 §2, Binding over UDP). It answers Binding
 * requests and nothing else, at a limited rate for each source, with answers no longer than they must be. Left out on purpose in this
 * version: TURN (RFC 8656), TCP, TLS, authentication.
 */
@NullMarked
package io.convoke.media.relay;

import org.jspecify.annotations.NullMarked;
