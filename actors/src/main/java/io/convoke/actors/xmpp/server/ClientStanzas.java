package io.convoke.actors.xmpp.server;

import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.StanzaCondition;
import io.convoke.protocols.xmpp.Stanzas;
import io.convoke.protocols.xmpp.xml.Element;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a client's stanzas mean, and what is left to do when it goes. Called in order for one client; safe from any thread otherwise. */
final class ClientStanzas {
    private final XmppNode node;

    ClientStanzas(XmppNode node) {
        this.node = node;
    }

    /** {@code from} is the client's full address already. */
    void handle(BoundClient client, Element stanza, Runnable done) {
        String to = stanza.attribute("to");
        if (stanza.name().equals("presence")) {
            if (to == null) {
                ownPresence(client, stanza);
                done.run();
            } else {
                directedPresence(client, stanza, to, done);
            }
            return;
        }
        if (stanza.name().equals("iq") && !isComplete(stanza)) {
            node.router().bounce(stanza, StanzaCondition.BAD_REQUEST, "Expected an IQ with id, type and one payload.");
            done.run();
            return;
        }
        // Without an address it is for the client's own account (RFC 6120 §10.3).
        Element addressed =
                to == null ? stanza.with("to", client.address().bare().toString()) : stanza;
        node.router().route(addressed, done);
    }

    /** The client is gone: whoever knew of it is told, and what it has not received goes another way. */
    void gone(BoundClient client, List<Element> undelivered) {
        node.streams().remove(client);
        node.router()
                .user(client.address())
                .tell(new XmppUser.Unbind(client.resource(), client.connection().id(), node.post()));
        sayUnavailable(client, null);
        undelivered.forEach(node.router()::routeUndelivered);
    }

    private void ownPresence(BoundClient client, Element presence) {
        String type = presence.attribute("type");
        if (type == null) {
            client.presence(true, priority(presence));
        } else if (type.equals("unavailable")) {
            client.presence(false, 0);
            sayUnavailable(client, presence);
        } else {
            return;
        }
        node.router()
                .user(client.address())
                .tell(new XmppUser.SetPresence(
                        client.resource(),
                        client.connection().id(),
                        node.post(),
                        client.available(),
                        client.priority()));
    }

    private void directedPresence(BoundClient client, Element presence, String to, Runnable done) {
        Optional<Jid> target = Jid.parse(to);
        String type = presence.attribute("type");
        if (target.isPresent() && (type == null || type.equals("unavailable"))) {
            Jid jid = target.get();
            boolean room = jid.domain().equals(node.settings().roomsDomain());
            String place = (room ? jid.bare() : jid).toString();
            if (type != null) {
                client.undirect(place);
            } else if (!client.direct(place, jid.toString())) {
                refuse(presence, StanzaCondition.RESOURCE_CONSTRAINT, "Too many rooms and contacts at once.");
                done.run();
                return;
            }
        } else if ("subscribe".equals(type)) {
            refuse(presence, StanzaCondition.FEATURE_NOT_IMPLEMENTED, "There are no contact lists on this server.");
            done.run();
            return;
        } else if (type != null && !type.equals("error")) {
            done.run();
            return;
        }
        node.router().route(presence, done);
    }

    private void sayUnavailable(BoundClient client, @Nullable Element presence) {
        Element words =
                presence == null ? Element.of("presence", Namespaces.CLIENT).with("type", "unavailable") : presence;
        Element from = words.with("from", client.address().toString());
        client.takeDirected().forEach(target -> node.router().route(from.with("to", target)));
    }

    private void refuse(Element presence, StanzaCondition condition, String text) {
        node.router().route(Stanzas.error(presence, condition, text));
    }

    private static boolean isComplete(Element iq) {
        String type = iq.attribute("type");
        String id = iq.attribute("id");
        if (type == null || id == null || id.isEmpty()) {
            return false;
        }
        boolean request = type.equals("get") || type.equals("set");
        return request ? iq.children().count() == 1 : type.equals("result") || type.equals("error");
    }

    /** 0 where there is none, or none that RFC 6121 §4.7.2.3 allows. */
    private static int priority(Element presence) {
        String text = presence.child("priority", Namespaces.CLIENT)
                .map(Element::text)
                .orElse("0")
                .strip();
        try {
            int priority = Integer.parseInt(text);
            return priority < -128 || priority > 127 ? 0 : priority;
        } catch (NumberFormatException none) {
            return 0;
        }
    }
}
