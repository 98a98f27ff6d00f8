/** What waits to be sent over a connection, bounded in number and size, so that a peer that does not read costs little memory. */
@NullMarked
package io.convoke.http.outbox;

import org.jspecify.annotations.NullMarked;
