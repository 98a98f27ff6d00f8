package io.convoke.protocols.xmpp.client;

import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.StanzaCondition;
import io.convoke.protocols.xmpp.Stanzas;
import io.convoke.protocols.xmpp.StreamCondition;
import io.convoke.protocols.xmpp.StreamError;
import io.convoke.protocols.xmpp.client.ClientStream.Output;
import io.convoke.protocols.xmpp.xml.Element;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A client that has bound its resource, or resumed: its stanzas, counted (XEP-0198). What answers an element answers a stream error, or null to go on. */
final class Established {
    private static final String PING_ID = "keepalive-";

    private final ClientSettings settings;
    private final Supplier<String> tokens;
    private final Outbox outbox;
    private @Nullable Jid address;
    private @Nullable StreamManagement management;
    private boolean awaitingAcknowledgement;
    private long pings;

    Established(ClientSettings settings, Supplier<String> tokens, Outbox outbox) {
        this.settings = settings;
        this.tokens = tokens;
        this.outbox = outbox;
    }

    @Nullable
    Jid address() {
        return address;
    }

    @Nullable
    StreamManagement management() {
        return management;
    }

    static Element failed(StanzaCondition condition) {
        return Element.of("failed", Namespaces.STREAM_MANAGEMENT)
                .with(Element.of(condition.element(), Namespaces.STANZA_ERRORS));
    }

    void bound(Jid bound) {
        address = bound;
    }

    /** XEP-0198 §5. */
    @Nullable
    Element resumed(StreamManagement previous, Jid bound, String id, long h) {
        Element error = acknowledged(previous, h);
        if (error != null) {
            return error;
        }
        address = bound;
        management = previous;
        outbox.send(Element.of("resumed", Namespaces.STREAM_MANAGEMENT)
                .with("previd", id)
                .with("h", Long.toString(previous.handled())));
        previous.unacknowledged().forEach(outbox::send);
        requestAcknowledgement(previous);
        return null;
    }

    /** Sends a stanza to the client. */
    @Nullable
    Element deliver(Element stanza) {
        StreamManagement counted = management;
        if (counted != null && !counted.queue(stanza)) {
            return StreamError.of(StreamCondition.RESOURCE_CONSTRAINT, "Expected acknowledgements")
                    .element();
        }
        outbox.send(stanza);
        if (counted != null) {
            requestAcknowledgement(counted);
        }
        return null;
    }

    /** Asks for a sign of life. */
    void ping() {
        Jid client = address;
        if (management != null) {
            awaitingAcknowledgement = true;
            outbox.send(Element.of("r", Namespaces.STREAM_MANAGEMENT));
        } else if (client != null) {
            outbox.send(Stanzas.iq(
                    "get",
                    PING_ID + ++pings,
                    settings.domain(),
                    client.toString(),
                    Element.of("ping", Namespaces.PING)));
        }
    }

    /** Takes what the client sent. */
    @Nullable
    Element handle(Element element) {
        if (element.namespace().equals(Namespaces.STREAM_MANAGEMENT)) {
            return handleManagement(element);
        }
        Jid client = address;
        if (client == null || !Stanzas.isStanza(element)) {
            return StreamError.of(StreamCondition.UNSUPPORTED_STANZA_TYPE, "Expected iq, message or presence")
                    .element();
        }
        if (management != null) {
            management.received();
        }
        if (element.name().equals("iq")) {
            boolean set = "set".equals(element.attribute("type"));
            if (set && element.child("session", Namespaces.SESSION).isPresent()) {
                return deliver(Stanzas.result(element, null).with("to", null));
            }
            if (set && element.child("bind", Namespaces.BIND).isPresent()) {
                return deliver(
                        Stanzas.error(element, StanzaCondition.NOT_ALLOWED, "Expected one resource to be bound"));
            }
            if (isAnswerToPing(element)) {
                return null;
            }
        }
        outbox.add(new Output.Received(element.with("from", client.toString())));
        return null;
    }

    private @Nullable Element handleManagement(Element element) {
        StreamManagement counted = management;
        if (element.name().equals("enable") && counted == null) {
            enable(element);
            return null;
        }
        if (element.name().equals("r") && counted != null) {
            outbox.send(Element.of("a", Namespaces.STREAM_MANAGEMENT).with("h", Long.toString(counted.handled())));
            return null;
        }
        if (element.name().equals("a") && counted != null) {
            OptionalLong h = StreamManagement.read(element.attribute("h"));
            if (h.isEmpty()) {
                return StreamError.of(StreamCondition.POLICY_VIOLATION, "Expected a number of stanzas in 'h'")
                        .element();
            }
            awaitingAcknowledgement = false;
            Element error = acknowledged(counted, h.getAsLong());
            if (error == null && !counted.isAllAcknowledged()) {
                requestAcknowledgement(counted);
            }
            return error;
        }
        outbox.send(failed(StanzaCondition.UNEXPECTED_REQUEST));
        return null;
    }

    private void enable(Element request) {
        String wish = request.attribute("resume");
        boolean resumable = settings.resumeSeconds() > 0 && ("true".equals(wish) || "1".equals(wish));
        StreamManagement created = new StreamManagement(
                resumable ? tokens.get() : "",
                resumable,
                settings.bounds().maxUnacknowledgedStanzas(),
                settings.bounds().maxUnacknowledgedBytes());
        management = created;
        Element enabled = Element.of("enabled", Namespaces.STREAM_MANAGEMENT);
        outbox.send(
                resumable
                        ? enabled.with("id", created.id())
                                .with("resume", "true")
                                .with("max", Integer.toString(settings.resumeSeconds()))
                        : enabled);
        outbox.add(new Output.Enabled(created));
    }

    /** One request at a time: the next one goes when the client has answered, so long as something is open. */
    private void requestAcknowledgement(StreamManagement counted) {
        if (!awaitingAcknowledgement && !counted.isAllAcknowledged()) {
            awaitingAcknowledgement = true;
            outbox.send(Element.of("r", Namespaces.STREAM_MANAGEMENT));
        }
    }

    private static @Nullable Element acknowledged(StreamManagement counted, long h) {
        if (counted.acknowledge(h)) {
            return null;
        }
        return StreamError.of(StreamCondition.UNDEFINED_CONDITION, "Expected to have sent what is acknowledged")
                .element()
                .with(Element.of("handled-count-too-high", Namespaces.STREAM_MANAGEMENT)
                        .with("h", Long.toString(h)));
    }

    private static boolean isAnswerToPing(Element element) {
        String id = element.attribute("id");
        String type = element.attribute("type");
        return id != null && id.startsWith(PING_ID) && ("result".equals(type) || "error".equals(type));
    }
}
