package io.convoke.actors.chat;

import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.xml.Element;
import io.convoke.protocols.xmpp.xml.XmlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a room sends to an occupant (XEP-0045 §7), each stanza addressed as that occupant knows the room. */
final class MucStanzas {
    static final String STANZA_ID = "urn:xmpp:sid:0";
    /** Status codes of XEP-0045 §15.6. */
    static final int SELF = 110;

    static final int NICK_ASSIGNED = 210;
    static final int NICK_CHANGED = 303;
    static final int SERVICE_STOPS = 332;
    static final int UNREACHABLE = 333;

    private MucStanzas() {}

    /** {@code nick} is in. */
    static Element available(Occupant to, String nick, List<XmlNode> says, int... codes) {
        return presence(to, nick).with(says.toArray(XmlNode[]::new)).with(x(item("participant"), codes));
    }

    /** {@code nick} is out. */
    static Element unavailable(Occupant to, String nick, @Nullable String status, int... codes) {
        Element presence = presence(to, nick).with("type", "unavailable");
        if (status != null) {
            presence = presence.with(Element.of("status", Namespaces.CLIENT).withText(status));
        }
        return presence.with(x(item("none"), codes));
    }

    /** {@code nick} is called {@code other} from now on. */
    static Element renamed(Occupant to, String nick, String other, int... codes) {
        return presence(to, nick)
                .with("type", "unavailable")
                .with(x(item("participant").with("nick", other), codes));
    }

    /** A message as it is said, with whatever the sender's client put in. */
    static Element said(Occupant to, Saying saying) {
        ChatMessage message = saying.message();
        Element id = Element.of("stanza-id", STANZA_ID)
                .with("by", to.room().toString())
                .with("id", message.id().toString());
        Element stanza = saying.stanza();
        if (stanza != null) {
            return passed(to, message.name(), stanza).with(id);
        }
        return message(to, message.name())
                .with("id", message.id().toString())
                .with(body(message))
                .with(id);
    }

    /** One without text. */
    static Element passed(Occupant to, String nick, Element stanza) {
        return message(to, nick)
                .with("id", stanza.attribute("id"))
                .with("xml:lang", stanza.attribute("xml:lang"))
                .with(payload(stanza));
    }

    /** A message of the past. */
    static Element before(Occupant to, ChatMessage message) {
        return message(to, message.name())
                .with("id", message.id().toString())
                .with(body(message))
                .with(Element.of("delay", Namespaces.DELAY)
                        .with("from", to.room().toString())
                        .with("stamp", message.at().toString()))
                .with(Element.of("stanza-id", STANZA_ID)
                        .with("by", to.room().toString())
                        .with("id", message.id().toString()));
    }

    static Element subject(Occupant to, String subject) {
        return Element.of("message", Namespaces.CLIENT)
                .with("type", "groupchat")
                .with("from", to.room().toString())
                .with("to", to.address().toString())
                .with(Element.of("subject", Namespaces.CLIENT).withText(subject));
    }

    static Element whispered(Occupant to, String nick, Element stanza) {
        return message(to, nick)
                .with("type", stanza.attribute("type"))
                .with("id", stanza.attribute("id"))
                .with("xml:lang", stanza.attribute("xml:lang"))
                .with(payload(stanza))
                .with(Element.of("x", Namespaces.MUC_USER));
    }

    /** What a presence says, without what is between client and room only. */
    static List<XmlNode> sayingOf(Element presence) {
        return presence.without(child -> child.namespace().equals(Namespaces.MUC)
                        || child.namespace().equals(Namespaces.MUC_USER)
                        || child.namespace().equals(Namespaces.DELAY))
                .content();
    }

    private static XmlNode[] payload(Element message) {
        return message.without(child -> child.namespace().equals(Namespaces.MUC_USER)
                        || child.namespace().equals(Namespaces.DELAY)
                        || child.namespace().equals(STANZA_ID))
                .content()
                .toArray(XmlNode[]::new);
    }

    private static Element body(ChatMessage message) {
        return Element.of("body", Namespaces.CLIENT).withText(message.body());
    }

    private static Element presence(Occupant to, String nick) {
        return Element.of("presence", Namespaces.CLIENT)
                .with("from", at(to, nick))
                .with("to", to.address().toString());
    }

    private static Element message(Occupant to, String nick) {
        return Element.of("message", Namespaces.CLIENT)
                .with("type", "groupchat")
                .with("from", at(to, nick))
                .with("to", to.address().toString());
    }

    private static String at(Occupant to, String nick) {
        Jid room = to.room();
        return room.withResource(nick).orElse(room).toString();
    }

    private static Element item(String role) {
        return Element.of("item", Namespaces.MUC_USER)
                .with("affiliation", "none")
                .with("role", role);
    }

    private static Element x(Element item, int... codes) {
        Element x = Element.of("x", Namespaces.MUC_USER).with(item);
        for (int code : codes) {
            x = x.with(Element.of("status", Namespaces.MUC_USER).with("code", Integer.toString(code)));
        }
        return x;
    }
}
