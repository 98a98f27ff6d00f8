/**
 * Clients that reach the relay over DTLS (RFC 7350): associations on the loops' UDP sockets. A client costs nothing before a cookie has come back from it;
 * handshakes are computed on threads of their own, so many at once; what is said afterwards is read and written on the loop.
 */
@NullMarked
package io.convoke.media.relay.dtls;

import org.jspecify.annotations.NullMarked;
