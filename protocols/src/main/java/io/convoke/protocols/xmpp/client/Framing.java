package io.convoke.protocols.xmpp.client;

import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.xml.Element;
import io.convoke.protocols.xmpp.xml.XmlOutput;

/** How a stream's parts look on TCP (RFC 6120 §4.7) and in WebSocket messages (RFC 7395 §3). */
final class Framing {
    private final boolean webSocket;

    Framing(ClientSettings.Transport transport) {
        webSocket = transport == ClientSettings.Transport.WEB_SOCKET;
    }

    boolean allowsBlanks() {
        return !webSocket;
    }

    String open(String domain, String streamId) {
        StringBuilder out = new StringBuilder(webSocket ? "<open" : "<?xml version='1.0'?><stream:stream");
        XmlOutput.attribute(out, "xmlns", webSocket ? Namespaces.FRAMING : Namespaces.CLIENT);
        if (!webSocket) {
            XmlOutput.attribute(out, "xmlns:stream", Namespaces.STREAMS);
        }
        XmlOutput.attribute(out, "from", domain);
        XmlOutput.attribute(out, "id", streamId);
        XmlOutput.attribute(out, "version", "1.0");
        XmlOutput.attribute(out, "xml:lang", "en");
        return out.append(webSocket ? "/>" : ">").toString();
    }

    String close() {
        return webSocket ? "<close xmlns='" + Namespaces.FRAMING + "'/>" : "</stream:stream>";
    }

    String element(Element element) {
        String around = webSocket ? "" : Namespaces.CLIENT;
        return element.namespace().equals(Namespaces.STREAMS)
                ? XmlOutput.prefixed("stream", element, !webSocket, around)
                : XmlOutput.text(element, around);
    }
}
