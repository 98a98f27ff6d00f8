package io.convoke.protocols.xmpp.login;

import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.xml.Element;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a callbridge answers to a step of a login: the payload of the IQ's result. */
public sealed interface LoginAnswer {
    String session();

    Element payload();

    /** Go on: the client is to be sent this. */
    @SuppressWarnings("ArrayRecordComponent")
    record Challenge(String session, byte[] data) implements LoginAnswer {
        @Override
        public Element payload() {
            return LoginWords.withData(LoginWords.element("challenge", session), data);
        }
    }

    /** The client is in. {@code user} is its address's local part; {@code data} goes with the news, null for none. */
    @SuppressWarnings("ArrayRecordComponent")
    record Success(String session, String user, byte @Nullable [] data) implements LoginAnswer {
        @Override
        public Element payload() {
            return LoginWords.withData(LoginWords.element("success", session).with("user", user), data);
        }
    }

    /** The client is refused. {@code condition} is SASL's (RFC 6120 §6.5), {@code text} for people. */
    record Failure(String session, String condition, String text) implements LoginAnswer {
        @Override
        public Element payload() {
            return LoginWords.element("failure", session)
                    .with(LoginWords.element(condition))
                    .with(LoginWords.element("text").withText(text));
        }
    }

    /** The answer in an IQ's result; empty where it is none, or malformed. Never throws. */
    static Optional<LoginAnswer> of(Element iq) {
        return iq.children()
                .filter(child -> child.namespace().equals(Namespaces.LOGIN))
                .findFirst()
                .flatMap(LoginAnswer::parsed);
    }

    private static Optional<LoginAnswer> parsed(Element payload) {
        Optional<String> session = LoginWords.session(payload);
        return session.flatMap(name -> switch (payload.name()) {
            case "challenge" -> LoginWords.data(payload).map(data -> new Challenge(name, data));
            case "success" -> success(payload, name);
            case "failure" -> Optional.of(failure(payload, name));
            default -> Optional.empty();
        });
    }

    private static Optional<LoginAnswer> success(Element payload, String session) {
        String user = payload.attribute("user");
        return user == null || user.isEmpty()
                ? Optional.empty()
                : LoginWords.data(payload).map(data -> new Success(session, user, data.length == 0 ? null : data));
    }

    private static LoginAnswer failure(Element payload, String session) {
        String condition = payload.children()
                .map(Element::name)
                .filter(name -> !name.equals("text"))
                .findFirst()
                .orElse("not-authorized");
        String text = payload.child("text", Namespaces.LOGIN).map(Element::text).orElse("");
        return new Failure(session, condition, text);
    }
}
