package io.convoke.actors.xmpp.session;

import io.convoke.actors.dns.NameLookup;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.xmpp.SessionStanzas;
import io.convoke.media.xmpp.dial.StreamDialer;
import java.util.UUID;

/**
 * What all sessions of one callbridge share.
 *
 * @param stanzas what is done with what servers ask
 */
public record SessionContext(
        UUID callbridge, NodeContext node, NameLookup names, StreamDialer dialer, OwnTls tls, SessionStanzas stanzas) {}
