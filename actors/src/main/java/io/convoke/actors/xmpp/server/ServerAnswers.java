package io.convoke.actors.xmpp.server;

import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.StanzaCondition;
import io.convoke.protocols.xmpp.Stanzas;
import io.convoke.protocols.xmpp.xml.Element;
import java.util.List;
import java.util.Optional;

/** What the server itself answers to IQs: for its domain (RFC 6120 §10.5.3) and on behalf of accounts (RFC 6121 §8.5.2.1). Pure. */
final class ServerAnswers {
    private static final String ROSTER = "jabber:iq:roster";

    private final String roomsDomain;

    ServerAnswers(String roomsDomain) {
        this.roomsDomain = roomsDomain;
    }

    /** To a {@code get} or {@code set} that is addressed to the domain. */
    Element forDomain(Element iq) {
        if (asks(iq, "query", Namespaces.DISCO_INFO)) {
            return hasNode(iq) ? notFound(iq) : Stanzas.result(iq, info("server", "im", domainFeatures()));
        }
        if (asks(iq, "query", Namespaces.DISCO_ITEMS)) {
            return hasNode(iq) ? notFound(iq) : Stanzas.result(iq, items());
        }
        return asks(iq, "ping", Namespaces.PING) ? Stanzas.result(iq, null) : unavailable(iq);
    }

    /**
     * To a {@code get} or {@code set} that is addressed to an account.
     *
     * @param own whether it is the sender's own
     */
    Element forAccount(Element iq, boolean own) {
        if (!own) {
            return unavailable(iq);
        }
        if (asks(iq, "query", ROSTER)) {
            // Nobody has contacts here: the roster is there, and empty, or many clients would not go on.
            return Stanzas.result(iq, Element.of("query", ROSTER));
        }
        if (iq.child("session", Namespaces.SESSION).isPresent() || asks(iq, "ping", Namespaces.PING)) {
            return Stanzas.result(iq, null);
        }
        if (asks(iq, "query", Namespaces.DISCO_INFO)) {
            return Stanzas.result(
                    iq, info("account", "registered", List.of(Namespaces.DISCO_INFO, Namespaces.DISCO_ITEMS)));
        }
        return asks(iq, "query", Namespaces.DISCO_ITEMS)
                ? Stanzas.result(iq, Element.of("query", Namespaces.DISCO_ITEMS))
                : unavailable(iq);
    }

    private static List<String> domainFeatures() {
        return List.of(Namespaces.DISCO_INFO, Namespaces.DISCO_ITEMS, Namespaces.PING, ROSTER);
    }

    private Element items() {
        return Element.of("query", Namespaces.DISCO_ITEMS)
                .with(Element.of("item", Namespaces.DISCO_ITEMS)
                        .with("jid", roomsDomain)
                        .with("name", "Meetings"));
    }

    private static Element info(String category, String type, List<String> features) {
        Element query = Element.of("query", Namespaces.DISCO_INFO)
                .with(Element.of("identity", Namespaces.DISCO_INFO)
                        .with("category", category)
                        .with("type", type)
                        .with("name", "Convoke"));
        for (String feature : features) {
            query = query.with(Element.of("feature", Namespaces.DISCO_INFO).with("var", feature));
        }
        return query;
    }

    private static boolean asks(Element iq, String name, String namespace) {
        return "get".equals(iq.attribute("type")) && iq.child(name, namespace).isPresent();
    }

    private static boolean hasNode(Element iq) {
        return iq.children()
                .map(query -> Optional.ofNullable(query.attribute("node")))
                .anyMatch(Optional::isPresent);
    }

    private static Element notFound(Element iq) {
        return Stanzas.error(iq, StanzaCondition.ITEM_NOT_FOUND, null);
    }

    private static Element unavailable(Element iq) {
        return Stanzas.error(iq, StanzaCondition.SERVICE_UNAVAILABLE, null);
    }
}
