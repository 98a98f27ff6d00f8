/**
 * Both ends of a component's stream: XEP-0114 (Jabber Component Protocol), {@code jabber:component:accept}, with RFC 6120's stream errors, blanks between
 * stanzas and XEP-0199 pings as keepalive. To its user a stanza is in {@code jabber:client}.
 *
 * <p>Left out on purpose: {@code jabber:component:connect} (the server dials), XEP-0225 (never widely spoken), several names on one stream.
 */
@NullMarked
package io.convoke.protocols.xmpp.component;

import org.jspecify.annotations.NullMarked;
