package io.convoke.actors.chat;

import akka.Done;
import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.xml.Element;
import io.convoke.protocols.xmpp.xml.XmlNode;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One stanza on its way to a room.
 *
 * @param client whose order is kept
 * @param source whom wrong passcodes are counted by
 * @param room local part of the room's address
 * @param isEntry whether it asks for the way in
 * @param passcode empty where it carries none
 */
record Visit(
        Element stanza,
        String client,
        String source,
        String room,
        boolean isEntry,
        String passcode,
        CompletableFuture<Done> taken) {
    /** Empty where it is from nobody, or to no room. */
    static Optional<Visit> of(Element stanza, CompletableFuture<Done> taken) {
        Optional<Jid> from = Jid.parse(stanza.attribute("from"));
        Optional<Jid> to = Jid.parse(stanza.attribute("to"));
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        String room = to.get().local();
        if (room == null) {
            return Optional.empty();
        }
        Optional<Element> x = stanza.name().equals("presence") && stanza.attribute("type") == null
                ? stanza.child("x", Namespaces.MUC)
                : Optional.empty();
        return Optional.of(new Visit(
                stanza,
                from.get().toString(),
                from.get().bare().toString(),
                room,
                x.isPresent(),
                x.flatMap(element -> element.child("password", Namespaces.MUC))
                        .map(Element::text)
                        .orElse(""),
                taken));
    }

    /** The stanza as it goes on to the room's node. */
    Element withoutPasscode() {
        if (passcode.isEmpty()) {
            return stanza;
        }
        return Element.of(
                stanza.name(),
                stanza.namespace(),
                stanza.attributes(),
                stanza.content().stream().map(Visit::withoutPasscode).toList());
    }

    private static XmlNode withoutPasscode(XmlNode node) {
        return node instanceof Element x && x.is("x", Namespaces.MUC)
                ? x.without(child -> child.is("password", Namespaces.MUC))
                : node;
    }

    /** Not the passcode. */
    @Override
    public String toString() {
        return "Visit[" + client + " to " + room + "]";
    }
}
