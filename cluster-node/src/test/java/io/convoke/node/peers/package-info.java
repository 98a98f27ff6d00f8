/**
 * Programs that nobody here wrote, for system tests to talk to: the XMPP servers Prosody and ejabberd, the DNS server dnsmasq, clients and components
 * with slixmpp. Each runs from the test's own folder, on ports of its own, and is gone when it is closed.
 */
@NullMarked
package io.convoke.node.peers;

import org.jspecify.annotations.NullMarked;
