package io.convoke.actors.chat;

import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.xml.XmlNode;
import java.util.List;

/**
 * Somebody in the room by XMPP.
 *
 * @param address the client's full address
 * @param room the room's address as this client knows it: a space has up to two
 * @param presence what its presence says: show, status and whatever else
 */
record Occupant(String nick, Jid address, Jid room, List<XmlNode> presence) {
    Occupant withNick(String other) {
        return new Occupant(other, address, room, presence);
    }

    Occupant withPresence(List<XmlNode> other) {
        return new Occupant(nick, address, room, other);
    }
}
