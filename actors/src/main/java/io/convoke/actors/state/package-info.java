/**
 * What every actor says about itself: each registers on its node's board under a kind and an identifier, and any node
 * gathers the live answers of all.
 */
@NullMarked
package io.convoke.actors.state;

import org.jspecify.annotations.NullMarked;
