/** TURN servers beside each other: our relay, coturn, and a bare forwarding loop as the floor, under the load of the C programs in {@code src/main/c}. */
@NullMarked
package io.convoke.bench.turn;

import org.jspecify.annotations.NullMarked;
