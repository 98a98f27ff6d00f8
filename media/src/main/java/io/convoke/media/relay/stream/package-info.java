/**
 * Clients that reach the relay over a stream (RFC 8656 §3.1, RFC 8489 §6.2.2): TCP, and TLS on TCP. Whole STUN and ChannelData messages come out of it, and go back
 * in batches. Every connection stays on the event loop that accepted it; memory is bounded for each, and what a peer that does not read leaves unsent is
 * dropped. What a message means is decided behind {@link io.convoke.media.relay.stream.StreamUser}.
 */
@NullMarked
package io.convoke.media.relay.stream;

import org.jspecify.annotations.NullMarked;
