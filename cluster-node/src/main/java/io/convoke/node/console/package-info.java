/** The log as people read it on the console. */
@NullMarked
package io.convoke.node.console;

import org.jspecify.annotations.NullMarked;
