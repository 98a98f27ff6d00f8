/**
 * Network byte order over plain byte arrays, shared by every codec of this module. Offsets are absolute array indexes;
 * an index outside the array is a bug of the codec that computed it, not of the peer, and throws.
 */
@NullMarked
package io.convoke.protocols.wire;

import org.jspecify.annotations.NullMarked;
