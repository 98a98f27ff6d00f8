package io.convoke.protocols.xmpp.client;

import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.xml.Element;
import java.util.List;

/** What the server offers next (RFC 6120 §4.3.2). */
final class Features {
    private Features() {}

    static Element beforeAuthentication(boolean startTls, boolean required, List<String> mechanisms) {
        Element features = Element.of("features", Namespaces.STREAMS);
        if (startTls) {
            Element tls = Element.of("starttls", Namespaces.TLS);
            features = features.with(required ? tls.with(Element.of("required", Namespaces.TLS)) : tls);
        }
        if (mechanisms.isEmpty()) {
            return features;
        }
        Element list = Element.of("mechanisms", Namespaces.SASL);
        for (String mechanism : mechanisms) {
            list = list.with(Element.of("mechanism", Namespaces.SASL).withText(mechanism));
        }
        return features.with(list);
    }

    static Element afterAuthentication() {
        return Element.of("features", Namespaces.STREAMS)
                .with(
                        Element.of("bind", Namespaces.BIND),
                        Element.of("session", Namespaces.SESSION).with(Element.of("optional", Namespaces.SESSION)),
                        Element.of("sm", Namespaces.STREAM_MANAGEMENT));
    }
}
