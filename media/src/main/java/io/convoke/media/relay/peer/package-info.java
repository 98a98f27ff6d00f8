/**
 * TCP between allocations and their peers (RFC 6062): connections to peers and from them, on the relayed port, and the joining of one with a client's connection,
 * bytes and ends passing both ways as fast as the slower side reads.
 */
@NullMarked
package io.convoke.media.relay.peer;

import org.jspecify.annotations.NullMarked;
