package io.convoke.protocols.xmpp.client;

import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.StreamCondition;
import io.convoke.protocols.xmpp.StreamError;
import io.convoke.protocols.xmpp.xml.Element;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a client's stream header must say (RFC 6120 §4.7, §4.8). */
final class Headers {
    private Headers() {}

    /** Null where all is well. */
    static @Nullable StreamError error(Element header, String contentNamespace, String domain, boolean expected) {
        if (!expected) {
            return StreamError.of(StreamCondition.NOT_AUTHORIZED, "Expected no second stream now");
        }
        if (!header.is("stream", Namespaces.STREAMS) || !contentNamespace.equals(Namespaces.CLIENT)) {
            return StreamError.of(StreamCondition.INVALID_NAMESPACE, "Expected a stream of " + Namespaces.CLIENT);
        }
        String version = header.attribute("version");
        if (version == null || !version.matches("[1-9][0-9]{0,3}\\.[0-9]{1,4}")) {
            return StreamError.of(StreamCondition.UNSUPPORTED_VERSION, "Expected version 1.0");
        }
        Optional<Jid> to = Jid.parse(header.attribute("to"));
        Optional<Jid> own = Jid.of(null, domain, null);
        return to.isPresent() && to.equals(own)
                ? null
                : StreamError.of(StreamCondition.HOST_UNKNOWN, "Expected a stream to " + domain);
    }
}
