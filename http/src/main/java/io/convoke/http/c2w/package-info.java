/**
 * C2W's transport: WebSockets (RFC 6455) over mutual TLS. The callbridge's end dials, the web bridge's end listens on a port of its own; both need a
 * certificate and a trust bundle, and both can say in words why there is no link. What the messages mean is the actors' affair.
 */
@NullMarked
package io.convoke.http.c2w;

import org.jspecify.annotations.NullMarked;
