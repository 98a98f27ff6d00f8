/** The program: command line, settings, start-up and shutdown of one node. It wires what the other modules provide and decides nothing else. */
@NullMarked
package io.convoke.node;

import org.jspecify.annotations.NullMarked;
