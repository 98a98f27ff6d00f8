package io.convoke.protocols.xmpp;

import io.convoke.protocols.xmpp.xml.Element;
import org.jspecify.annotations.Nullable;

/** Making and answering stanzas (RFC 6120 §8). All in the namespace {@code jabber:client}, see {@link Element}. */
public final class Stanzas {
    private Stanzas() {}

    /** {@code <iq>} with one payload. {@code type}: {@code get} or {@code set}. */
    public static Element iq(String type, String id, @Nullable String from, @Nullable String to, Element payload) {
        return Element.of("iq", Namespaces.CLIENT)
                .with("type", type)
                .with("id", id)
                .with("from", from)
                .with("to", to)
                .with(payload);
    }

    /** The answer to an IQ, from and to swapped; with a payload or without. */
    public static Element result(Element request, @Nullable Element payload) {
        Element answer = answer(request).with("type", "result");
        return payload == null ? answer : answer.with(payload);
    }

    /** The error answer to any stanza, from and to swapped; {@code text} in English for people, null for none. */
    public static Element error(Element request, StanzaCondition condition, @Nullable String text) {
        Element error = Element.of("error", Namespaces.CLIENT)
                .with("type", condition.type())
                .with(Element.of(condition.element(), Namespaces.STANZA_ERRORS));
        if (text != null) {
            error = error.with(Element.of("text", Namespaces.STANZA_ERRORS)
                    .with("xml:lang", "en")
                    .withText(text));
        }
        return answer(request).with("type", "error").with(error);
    }

    /** Whether an error answer may be sent: never to an error, never to an IQ's answer (RFC 6120 §8.3.1). */
    public static boolean mayAnswerWithError(Element stanza) {
        String type = stanza.attribute("type");
        return !"error".equals(type) && !(stanza.name().equals("iq") && "result".equals(type));
    }

    public static boolean isStanza(Element element) {
        return element.namespace().equals(Namespaces.CLIENT)
                && (element.name().equals("iq")
                        || element.name().equals("message")
                        || element.name().equals("presence"));
    }

    private static Element answer(Element request) {
        return Element.of(request.name(), Namespaces.CLIENT)
                .with("from", request.attribute("to"))
                .with("to", request.attribute("from"))
                .with("id", request.attribute("id"));
    }
}
