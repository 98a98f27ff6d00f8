package io.convoke.actors.chat;

import io.convoke.actors.space.Space;
import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.StanzaCondition;
import io.convoke.protocols.xmpp.Stanzas;
import io.convoke.protocols.xmpp.xml.Element;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a room answers to queries: what it is (XEP-0030, XEP-0045 §6), who is in, and whether one is in oneself (XEP-0410). */
final class MucQueries {
    /** Asked for with disco#info: the nick that is reserved for one. Nobody has one. */
    private static final String RESERVED_NICK = "x-roomuser-item";

    private static final String FORM = "jabber:x:data";
    private static final Set<String> OWNERS =
            Set.of("http://jabber.org/protocol/muc#owner", "http://jabber.org/protocol/muc#admin");

    private final Space space;
    private final Occupants occupants;

    MucQueries(Space space, Occupants occupants) {
        this.space = space;
        this.occupants = occupants;
    }

    MucDecision answer(Element iq, Jid to, @Nullable Occupant asking) {
        String type = iq.attribute("type");
        if (!"get".equals(type) && !"set".equals(type)) {
            return new MucDecision.Nothing();
        }
        Optional<Element> query = iq.children().findFirst();
        if (query.isEmpty()) {
            return MucRules.refuse(iq, StanzaCondition.BAD_REQUEST, "Expected a query, but the IQ is empty.");
        }
        return to.isFull()
                ? toOccupant(iq, query.get(), to, asking)
                : toRoom(iq, query.get(), "get".equals(type), asking);
    }

    private MucDecision toOccupant(Element iq, Element query, Jid to, @Nullable Occupant asking) {
        String nick = String.valueOf(to.resource());
        if (asking == null) {
            return MucRules.refuse(iq, StanzaCondition.NOT_ACCEPTABLE, "You are not in the room: enter it first.");
        } else if (!occupants.isTaken(nick, null)) {
            return MucRules.refuse(iq, StanzaCondition.ITEM_NOT_FOUND, "Nobody in the room is called " + nick + ".");
        } else if (query.is("ping", Namespaces.PING) && nick.equals(asking.nick())) {
            return new MucDecision.Answer(Stanzas.result(iq, null));
        }
        return MucRules.refuse(
                iq, StanzaCondition.SERVICE_UNAVAILABLE, "The room passes messages on to people, but no queries.");
    }

    private MucDecision toRoom(Element iq, Element query, boolean get, @Nullable Occupant asking) {
        String node = query.attribute("node");
        if (query.is("ping", Namespaces.PING)) {
            return new MucDecision.Answer(Stanzas.result(iq, null));
        } else if (get && query.is("query", Namespaces.DISCO_INFO)) {
            if (node == null || node.isEmpty()) {
                return new MucDecision.Answer(Stanzas.result(iq, info()));
            }
            return node.equals(RESERVED_NICK)
                    ? new MucDecision.Answer(Stanzas.result(
                            iq, Element.of("query", Namespaces.DISCO_INFO).with("node", node)))
                    : MucRules.refuse(iq, StanzaCondition.ITEM_NOT_FOUND, "The room has no such node.");
        } else if (get && query.is("query", Namespaces.DISCO_ITEMS)) {
            return new MucDecision.Answer(
                    Stanzas.result(iq, asking == null ? Element.of("query", Namespaces.DISCO_ITEMS) : items(asking)));
        } else if (OWNERS.contains(query.namespace())) {
            return MucRules.refuse(
                    iq,
                    StanzaCondition.FORBIDDEN,
                    "The room is the meeting's: it is configured with the meeting's space, not over XMPP.");
        }
        return MucRules.refuse(iq, StanzaCondition.SERVICE_UNAVAILABLE, "The room does not answer such queries.");
    }

    private Element info() {
        Element info = Element.of("query", Namespaces.DISCO_INFO)
                .with(Element.of("identity", Namespaces.DISCO_INFO)
                        .with("category", "conference")
                        .with("type", "text")
                        .with("name", space.name()));
        List<String> features = List.of(
                Namespaces.DISCO_INFO,
                Namespaces.DISCO_ITEMS,
                Namespaces.MUC,
                Namespaces.PING,
                MucStanzas.STANZA_ID,
                space.hasPasscode() ? "muc_passwordprotected" : "muc_unsecured",
                "muc_hidden",
                "muc_open",
                "muc_persistent",
                "muc_semianonymous",
                "muc_unmoderated");
        for (String feature : features) {
            info = info.with(Element.of("feature", Namespaces.DISCO_INFO).with("var", feature));
        }
        return info.with(Element.of("x", FORM)
                .with("type", "result")
                .with(field("FORM_TYPE", "http://jabber.org/protocol/muc#roominfo")
                        .with("type", "hidden"))
                .with(field("muc#roominfo_description", space.name()))
                .with(field("muc#roominfo_subject", space.name()))
                .with(field("muc#roominfo_occupants", Integer.toString(occupants.size()))));
    }

    /** Who is in is told to those who are in. */
    private Element items(Occupant asking) {
        Element items = Element.of("query", Namespaces.DISCO_ITEMS);
        List<String> nicks = Stream.concat(
                        occupants.participantNicks().stream(),
                        occupants.clients().stream().map(Occupant::nick))
                .toList();
        for (String nick : nicks) {
            Optional<Jid> address = asking.room().withResource(nick);
            if (address.isPresent()) {
                items = items.with(Element.of("item", Namespaces.DISCO_ITEMS)
                        .with("jid", address.get().toString()));
            }
        }
        return items;
    }

    private static Element field(String name, String value) {
        return Element.of("field", FORM)
                .with("var", name)
                .with(Element.of("value", FORM).withText(value));
    }
}
