package io.convoke.protocols.xmpp.client;

import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.xml.Element;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The client's and the server's words during SASL (RFC 6120 §6.4); the data in them is the caller's. */
final class SaslDialogue {
    /** What one of the client's words comes to. */
    sealed interface Verdict {
        @SuppressWarnings("ArrayRecordComponent")
        record Ask(String mechanism, byte[] data, boolean first) implements Verdict {}

        record Challenge() implements Verdict {}

        record Aborted() implements Verdict {}

        record Refused(String condition, String text) implements Verdict {}

        /** No word of SASL. */
        record Foreign() implements Verdict {}
    }

    private static final String NO_DATA = "=";

    private @Nullable String mechanism;
    private boolean begun;
    private int failures;

    /** Whether the caller knows of an exchange that has no end yet. */
    boolean isOpen() {
        return begun;
    }

    Verdict handle(Element element, List<String> offered) {
        if (!element.namespace().equals(Namespaces.SASL)) {
            return new Verdict.Foreign();
        }
        String current = mechanism;
        if (current == null) {
            return element.name().equals("auth") ? begin(element, offered) : new Verdict.Foreign();
        }
        if (element.name().equals("abort")) {
            return new Verdict.Aborted();
        }
        return element.name().equals("response") ? ask(current, element.text()) : new Verdict.Foreign();
    }

    private Verdict begin(Element element, List<String> offered) {
        String wanted = element.attribute("mechanism");
        if (wanted == null || !offered.contains(wanted)) {
            return new Verdict.Refused("invalid-mechanism", "Expected one of the mechanisms offered");
        }
        mechanism = wanted;
        // Here the client always speaks first; where it did not, it is asked to (RFC 6120 §6.4.2). Not so for
        // ANONYMOUS, whose trace is optional.
        return element.text().isBlank() && !wanted.equals("ANONYMOUS")
                ? new Verdict.Challenge()
                : ask(wanted, element.text());
    }

    private Verdict ask(String current, String text) {
        byte[] data;
        try {
            String stripped = text.strip();
            data = stripped.equals(NO_DATA) ? new byte[0] : Base64.getDecoder().decode(stripped);
        } catch (IllegalArgumentException bad) {
            return new Verdict.Refused("incorrect-encoding", "Expected base64");
        }
        boolean first = !begun;
        begun = true;
        return new Verdict.Ask(current, data, first);
    }

    /** The exchange is over without success; answers how many were. */
    int failed() {
        reset();
        return ++failures;
    }

    void reset() {
        mechanism = null;
        begun = false;
    }

    static Element challenge(byte[] data) {
        return Element.of("challenge", Namespaces.SASL)
                .withText(Base64.getEncoder().encodeToString(data));
    }

    static Element success(byte @Nullable [] data) {
        Element success = Element.of("success", Namespaces.SASL);
        return data == null
                ? success
                : success.withText(
                        data.length == 0 ? NO_DATA : Base64.getEncoder().encodeToString(data));
    }

    static Element failure(String condition, String text) {
        Element failure = Element.of("failure", Namespaces.SASL).with(Element.of(condition, Namespaces.SASL));
        return text.isEmpty()
                ? failure
                : failure.with(Element.of("text", Namespaces.SASL)
                        .with("xml:lang", "en")
                        .withText(text));
    }
}
