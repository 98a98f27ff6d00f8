/**
 * The relay as people ask about it: an actor per node with role {@code turn} that starts the listeners, starts them
 * again when they cannot be had, and tells what they carry. Packets never come here.
 */
@NullMarked
package io.convoke.actors.relay;

import org.jspecify.annotations.NullMarked;
