/** The XMPP server's wire beside Prosody and ejabberd: stanzas between components, components' handshakes, clients that lie idle. */
@NullMarked
package io.convoke.bench.xmpp;

import org.jspecify.annotations.NullMarked;
