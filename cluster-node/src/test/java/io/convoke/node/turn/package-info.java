/**
 * A TURN client for system tests, over UDP, TCP and TLS: it blocks, keeps what it was not asked for, and says what no well-behaved client would. What it
 * knows of the protocol it has from RFC 8656 and RFC 6062, and of the relay nothing.
 */
@NullMarked
package io.convoke.node.turn;

import org.jspecify.annotations.NullMarked;
