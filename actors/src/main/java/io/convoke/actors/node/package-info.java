/** What an actor gets from the node it runs on: its name, its journal, its board, its clocks. */
@NullMarked
package io.convoke.actors.node;

import org.jspecify.annotations.NullMarked;
