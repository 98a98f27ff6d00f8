/**
 * TURN (RFC 8656), with STUN Binding and long-term credentials (RFC 8489), TCP allocations (RFC 6062), mobility (RFC 8016) and behaviour
 * discovery (RFC 5780). {@link io.convoke.protocols.turn.TurnServer} is the server without its sockets: it takes messages and time and gives
 * commands, while the packets of channels never pass it: its owner reads {@link io.convoke.protocols.turn.Allocation} for each. Beside it: addresses
 * and their tables, ChannelData, the framing of a TCP stream, nonces, credentials, which peers may be reached, and bandwidth. Keys, random bytes
 * and the time come in as arguments.
 *
 * <p>Left out on purpose: short-term credentials, third-party authorization (RFC 7635), the classic STUN of RFC 3489, and enforcing that a client
 * waits five minutes before it binds a channel number anew (RFC 8656 §12 asks that of clients).
 */
@NullMarked
package io.convoke.protocols.turn;

import org.jspecify.annotations.NullMarked;
