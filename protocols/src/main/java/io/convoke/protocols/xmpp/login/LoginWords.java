package io.convoke.protocols.xmpp.login;

import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.xml.Element;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Elements and values that requests and answers share. */
final class LoginWords {
    /** Most characters of a session's name, which the asking server makes up. */
    static final int MAX_SESSION = 128;

    private LoginWords() {}

    static Element element(String name) {
        return Element.of(name, Namespaces.LOGIN);
    }

    static Element element(String name, String session) {
        return element(name).with("session", session);
    }

    /** As Base64; null and nothing at all look the same. */
    static Element withData(Element element, byte @Nullable [] data) {
        return data == null || data.length == 0
                ? element
                : element.withText(Base64.getEncoder().encodeToString(data));
    }

    /** Empty where it is no Base64. */
    static Optional<byte[]> data(Element element) {
        try {
            return Optional.of(Base64.getDecoder().decode(element.text().strip()));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    static Optional<String> session(Element element) {
        String session = element.attribute("session");
        return session == null || session.isEmpty() || session.length() > MAX_SESSION
                ? Optional.empty()
                : Optional.of(session);
    }

    /** A count; -1 where it is none. */
    static int count(Element element, String name) {
        String text = element.attribute(name);
        if (text == null || text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> '0' <= c && c <= '9')) {
            return -1;
        }
        return Integer.parseInt(text);
    }
}
