/**
 * A Callbridge's connections to XMPP servers: TCP, TLS 1.2 and 1.3 on the JDK's engine with the Callbridge's own certificate, and what a server showed even
 * where it was refused. What to dial, and when to give up, is decided by {@code io.convoke.protocols.xmpp.registration}.
 */
@NullMarked
package io.convoke.media.xmpp.dial;

import org.jspecify.annotations.NullMarked;
