package io.convoke.actors.xmpp;

import io.convoke.protocols.xmpp.xml.Element;

/** Brings a stanza to where its {@code to} says, on whichever node that is. Safe from any thread; never blocks. */
public interface StanzaRouter {
    /** {@code to} and {@code from} are set. What cannot be delivered is answered to {@code from} as RFC 6120 §10 has it, or dropped. */
    void route(Element stanza);
}
