/**
 * System tests: real node processes, started as an operator starts them, with real browsers and bad callers in front. They run in a network namespace
 * of their own where the machine allows it ({@code src/test/netns}).
 */
@NullMarked
package io.convoke.node.system;

import org.jspecify.annotations.NullMarked;
