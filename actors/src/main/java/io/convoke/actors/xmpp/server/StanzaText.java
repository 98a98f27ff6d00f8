package io.convoke.actors.xmpp.server;

import io.convoke.protocols.xmpp.xml.Element;
import io.convoke.protocols.xmpp.xml.StreamParser;
import io.convoke.protocols.xmpp.xml.XmlOutput;

/** Stanzas as they travel between nodes. */
final class StanzaText {
    private StanzaText() {}

    static String of(Element stanza) {
        return XmlOutput.text(stanza, "");
    }

    /** What {@link #of} wrote. */
    static Element parse(String text) {
        return StreamParser.parse(text);
    }
}
