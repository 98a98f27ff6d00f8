/**
 * The edge's half: takes joins and session WebSockets from HTTP, chooses a callbridge's C2W link for each, and carries the client protocol's messages
 * between the two. Holds no state worth stealing: tokens are verified with the public keys that callbridges announce, and nothing is kept of a session
 * but which link it belongs to.
 */
@NullMarked
package io.convoke.actors.webbridge;

import org.jspecify.annotations.NullMarked;
