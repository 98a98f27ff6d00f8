/**
 * The callbridge's registrations with XMPP servers (XEP-0114), as actors: which there are, what each is at, and the alarms where one is not there. What to
 * do next is decided in {@code io.convoke.protocols.xmpp.registration}.
 */
@NullMarked
package io.convoke.actors.xmpp.session;

import org.jspecify.annotations.NullMarked;
