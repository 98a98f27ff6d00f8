package io.convoke.actors.xmpp.session;

import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.StanzaCondition;
import io.convoke.protocols.xmpp.Stanzas;
import io.convoke.protocols.xmpp.xml.Element;
import java.util.List;
import java.util.Optional;

/** What the callbridge answers to an XMPP server by itself: who it is (XEP-0030), that it lives (XEP-0199), and that it does nothing else. */
final class SessionAnswers {
    private static final List<String> FEATURES =
            List.of(Namespaces.DISCO_INFO, Namespaces.DISCO_ITEMS, Namespaces.PING, Namespaces.LOGIN);

    private SessionAnswers() {}

    /** Empty where somebody else has to answer, or nobody. */
    static Optional<Element> toWellKnown(Element stanza) {
        if (!stanza.name().equals("iq") || !"get".equals(stanza.attribute("type"))) {
            return Optional.empty();
        }
        if (stanza.child("ping", Namespaces.PING).isPresent()) {
            return Optional.of(Stanzas.result(stanza, null));
        }
        if (stanza.child("query", Namespaces.DISCO_INFO).isPresent()) {
            return Optional.of(Stanzas.result(stanza, info()));
        }
        if (stanza.child("query", Namespaces.DISCO_ITEMS).isPresent()) {
            return Optional.of(Stanzas.result(stanza, Element.of("query", Namespaces.DISCO_ITEMS)));
        }
        return Optional.empty();
    }

    /** To what nobody here understands; empty where nothing may be answered. */
    static Optional<Element> refusal(Element stanza) {
        String type = stanza.attribute("type");
        return stanza.name().equals("iq") && ("get".equals(type) || "set".equals(type))
                ? Optional.of(Stanzas.error(
                        stanza, StanzaCondition.SERVICE_UNAVAILABLE, "This Callbridge takes logins, and nothing else."))
                : Optional.empty();
    }

    /** Whether somebody wants to log in; questions about the load are none. */
    static boolean isLogin(Element stanza) {
        return stanza.name().equals("iq")
                && stanza.child("auth", Namespaces.LOGIN).isPresent();
    }

    private static Element info() {
        Element info = Element.of("query", Namespaces.DISCO_INFO)
                .with(Element.of("identity", Namespaces.DISCO_INFO)
                        .with("category", "component")
                        .with("type", "generic")
                        .with("name", "Convoke callbridge"));
        for (String feature : FEATURES) {
            info = info.with(Element.of("feature", Namespaces.DISCO_INFO).with("var", feature));
        }
        return info;
    }
}
