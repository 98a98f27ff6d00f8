package io.convoke.protocols.xmpp.login;

import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.xml.Element;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an XMPP server asks or tells a callbridge about logins, one in an IQ. */
public sealed interface LoginRequest {
    /** The request as an IQ's payload. */
    Element payload();

    /** The IQ's type: {@code set}, or {@code get} where nothing changes. */
    default String type() {
        return "set";
    }

    /**
     * A client begins.
     *
     * @param session the server's name for the exchange; an exchange is known by it and by who asked
     * @param mechanism of SASL: {@code SCRAM-SHA-256}, …
     * @param source the client's address, for throttling; null where the server does not tell
     * @param data what the client sent with its first message; empty for nothing
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Auth(String session, String mechanism, @Nullable String source, byte[] data) implements LoginRequest {
        @Override
        public Element payload() {
            Element auth =
                    LoginWords.element("auth").with("mechanism", mechanism).with("session", session);
            return LoginWords.withData(auth.with("source", source), data);
        }

        /** Without what the client sent. */
        @Override
        public String toString() {
            return "Auth[" + mechanism + " " + session + "]";
        }
    }

    /** The client answers a challenge. */
    @SuppressWarnings("ArrayRecordComponent")
    record Response(String session, byte[] data) implements LoginRequest {
        @Override
        public Element payload() {
            return LoginWords.withData(LoginWords.element("response", session), data);
        }

        /** Without what the client sent. */
        @Override
        public String toString() {
            return "Response[" + session + "]";
        }
    }

    /** The exchange is given up. What it has made (a guest) is not wanted any more. */
    record Abort(String session) implements LoginRequest {
        @Override
        public Element payload() {
            return LoginWords.element("abort", session);
        }
    }

    /** A guest's client is gone, or with null the server with all of its clients. */
    record Gone(@Nullable String user) implements LoginRequest {
        @Override
        public Element payload() {
            return LoginWords.element("gone").with("user", user);
        }
    }

    /** How busy is the callbridge? Answered by {@link LoginLoad}. */
    record Load() implements LoginRequest {
        @Override
        public Element payload() {
            return LoginWords.element("load");
        }

        @Override
        public String type() {
            return "get";
        }
    }

    /** Whether the IQ is about logins at all. */
    static boolean isIn(Element iq) {
        return iq.children().anyMatch(child -> child.namespace().equals(Namespaces.LOGIN));
    }

    /** The request in an IQ; empty where it is none, or malformed. Never throws. */
    static Optional<LoginRequest> of(Element iq) {
        Optional<Element> payload = iq.children()
                .filter(child -> child.namespace().equals(Namespaces.LOGIN))
                .findFirst();
        return payload.flatMap(LoginRequest::parsed)
                .filter(request -> request.type().equals(iq.attribute("type")));
    }

    private static Optional<LoginRequest> parsed(Element payload) {
        Optional<String> session = LoginWords.session(payload);
        return switch (payload.name()) {
            case "auth" -> session.flatMap(name -> auth(payload, name));
            case "response" -> session.flatMap(name -> LoginWords.data(payload).map(data -> new Response(name, data)));
            case "abort" -> session.map(Abort::new);
            case "gone" -> Optional.of(new Gone(payload.attribute("user")));
            case "load" -> Optional.of(new Load());
            default -> Optional.empty();
        };
    }

    private static Optional<LoginRequest> auth(Element payload, String session) {
        String mechanism = payload.attribute("mechanism");
        return mechanism == null
                ? Optional.empty()
                : LoginWords.data(payload).map(data -> new Auth(session, mechanism, payload.attribute("source"), data));
    }
}
