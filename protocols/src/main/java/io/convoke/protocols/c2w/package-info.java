/**
 * C2W, Convoke's own protocol between callbridge and web bridge: frames in binary WebSocket messages (RFC 6455) over mutual TLS. Here are the frame's
 * bytes and the link's rules (who speaks first, keepalive, bounds); what the payloads mean is the control plane's. Left out on purpose: fragments (the
 * WebSocket has them) and compression.
 */
@NullMarked
package io.convoke.protocols.c2w;

import org.jspecify.annotations.NullMarked;
