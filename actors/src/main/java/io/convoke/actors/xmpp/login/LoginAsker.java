package io.convoke.actors.xmpp.login;

import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.xml.Element;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a question.
 *
 * @param address its address, whole
 * @param isServer whether it is the server itself, whose word on a client's source counts
 */
record LoginAsker(Jid address, boolean isServer) {
    /** Empty where the question has no sender. */
    static Optional<LoginAsker> of(LoginPeer peer, Element iq) {
        return Jid.parse(iq.attribute("from"))
                .map(from -> new LoginAsker(
                        from, from.local() == null && from.domain().equalsIgnoreCase(peer.domain())));
    }

    /** What wrong passwords are counted by: the client's source as the server tells it; of anybody else, who it is. */
    String source(@Nullable String told) {
        return isServer && told != null && !told.isEmpty()
                ? told
                : address.bare().toString();
    }
}
