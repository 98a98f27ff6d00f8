/**
 * XMPP streams on Netty: the callbridge's connection to a server, and the server's listeners for components, clients and WebSockets. Bytes, TLS, limits
 * and backpressure live here, on event loops; what a stanza means is decided behind {@link io.convoke.media.xmpp.ServerPort}.
 */
@NullMarked
package io.convoke.media.xmpp;

import org.jspecify.annotations.NullMarked;
