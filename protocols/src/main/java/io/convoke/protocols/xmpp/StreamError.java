package io.convoke.protocols.xmpp;

import io.convoke.protocols.xmpp.xml.Element;
import io.convoke.protocols.xmpp.xml.XmlOutput;
import java.util.Optional;

/**
 * The last word on a stream (RFC 6120 §4.9).
 *
 * @param condition one of {@link StreamCondition}'s names, or a peer's own
 * @param text for people; empty for none
 */
public record StreamError(String condition, String text) {
    private static final int MAX_TEXT = 500;

    public static StreamError of(StreamCondition condition, String text) {
        return new StreamError(condition.element(), text);
    }

    /** What the peer's element says; empty where it is no stream error. */
    public static Optional<StreamError> read(Element element) {
        if (!element.is("error", Namespaces.STREAMS)) {
            return Optional.empty();
        }
        String condition = element.children()
                .filter(child -> child.namespace().equals(Namespaces.STREAM_ERRORS)
                        && !child.name().equals("text"))
                .map(Element::name)
                .findFirst()
                .orElse(StreamCondition.UNDEFINED_CONDITION.element());
        String text = element.child("text", Namespaces.STREAM_ERRORS)
                .map(Element::text)
                .orElse("");
        return Optional.of(new StreamError(condition, text.substring(0, Math.min(text.length(), MAX_TEXT))));
    }

    public Element element() {
        Element error = Element.of("error", Namespaces.STREAMS).with(Element.of(condition, Namespaces.STREAM_ERRORS));
        return text.isEmpty()
                ? error
                : error.with(Element.of("text", Namespaces.STREAM_ERRORS)
                        .with("xml:lang", "en")
                        .withText(text));
    }

    /** For a stream that declares the prefix {@code stream}. */
    public String xml() {
        return XmlOutput.prefixed("stream", element(), true, "");
    }
}
