/**
 * The relay: a TURN server (RFC 8656, and 6062, 8016, 5780 with it) on Netty's event loops. What a message means is decided in
 * {@code protocols.turn}; here are sockets, memory and threads. One {@link io.convoke.media.relay.RelayLoop} per event loop has sockets of its own on
 * every address (SO_REUSEPORT), a server of its own and its allocations; loops share nothing for a packet. A client that the kernel gives to another
 * loop than its allocation's is handed over by copies: after mobility and for reserved ports only. Left out on purpose: ICMP errors of peers are not
 * reported to clients (RFC 8656 §11.5).
 */
@NullMarked
package io.convoke.media.relay;

import org.jspecify.annotations.NullMarked;
