package io.convoke.protocols.xmpp.client;

import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.StanzaCondition;
import io.convoke.protocols.xmpp.Stanzas;
import io.convoke.protocols.xmpp.client.ClientStream.Output;
import io.convoke.protocols.xmpp.xml.Element;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A client that has authenticated and now wants a resource (RFC 6120 §7) or its lost stream (XEP-0198 §5). */
final class Binding {
    private final Outbox outbox;
    private String requestId = "";
    private String previousId = "";
    private long previousH;

    Binding(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Null where it is neither. */
    @Nullable
    Phase handle(Element element) {
        if (element.namespace().equals(Namespaces.STREAM_MANAGEMENT)) {
            return element.name().equals("resume")
                    ? resume(element)
                    : refuse(Established.failed(StanzaCondition.UNEXPECTED_REQUEST));
        }
        Element bind = element.child("bind", Namespaces.BIND).orElse(null);
        String id = element.attribute("id");
        if (!element.is("iq", Namespaces.CLIENT)
                || !"set".equals(element.attribute("type"))
                || bind == null
                || id == null) {
            return null;
        }
        requestId = id;
        outbox.add(new Output.Bind(
                bind.child("resource", Namespaces.BIND).map(Element::text).orElse("")));
        return Phase.ASKING_BIND;
    }

    /** RFC 6120 §7.6.1. */
    void bound(Jid address) {
        outbox.send(Element.of("iq", Namespaces.CLIENT)
                .with("type", "result")
                .with("id", requestId)
                .with(Element.of("bind", Namespaces.BIND)
                        .with(Element.of("jid", Namespaces.BIND).withText(address.toString()))));
    }

    Phase refuseBinding(StanzaCondition condition, String text) {
        return refuse(Stanzas.error(Element.of("iq", Namespaces.CLIENT).with("id", requestId), condition, text));
    }

    Phase refuseResumption(OptionalLong h) {
        Element failed = Established.failed(StanzaCondition.ITEM_NOT_FOUND);
        return refuse(h.isPresent() ? failed.with("h", Long.toString(h.getAsLong())) : failed);
    }

    /** As the client gave it. */
    String previousId() {
        return previousId;
    }

    /** How many stanzas the client has had. */
    long previousH() {
        return previousH;
    }

    private Phase resume(Element element) {
        String previous = element.attribute("previd");
        OptionalLong h = StreamManagement.read(element.attribute("h"));
        if (previous == null || h.isEmpty()) {
            return refuse(Established.failed(StanzaCondition.BAD_REQUEST));
        }
        previousId = previous;
        previousH = h.getAsLong();
        outbox.add(new Output.Resume(previous, previousH));
        return Phase.ASKING_RESUME;
    }

    private Phase refuse(Element answer) {
        outbox.send(answer);
        return Phase.UNBOUND;
    }
}
