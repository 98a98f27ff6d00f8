package io.convoke.actors.xmpp;

import akka.Done;
import io.convoke.protocols.xmpp.xml.Element;
import java.util.concurrent.CompletionStage;

/** The chat rooms, as the XMPP server sees them: whoever is addressed at the rooms' domain (XEP-0045 §3). Safe from any thread. */
public interface RoomService {
    /** {@code rooms.} and the XMPP domain. */
    String domain();

    /**
     * A stanza to the rooms' domain, to a room, or to an occupant of one; {@code from} is the client's full address, or a component's. Done when a room has
     * taken it over; answers go out through the {@link StanzaRouter}.
     */
    CompletionStage<Done> handle(Element stanza);
}
