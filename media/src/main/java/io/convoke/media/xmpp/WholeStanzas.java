package io.convoke.media.xmpp;

import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.xml.Element;
import io.convoke.protocols.xmpp.xml.StreamEvent;
import io.convoke.protocols.xmpp.xml.StreamLimits;
import io.convoke.protocols.xmpp.xml.StreamParser;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Makes trees of a component's stanzas that were only looked at for routing. On one event loop. */
final class WholeStanzas {
    private static final byte[] STREAM = ("<stream:stream xmlns='" + Namespaces.COMPONENT_ACCEPT + "' xmlns:stream='"
                    + Namespaces.STREAMS + "'>")
            .getBytes(StandardCharsets.US_ASCII);

    private final StreamLimits limits;
    private @Nullable StreamParser parser;

    WholeStanzas(StreamLimits limits) {
        this.limits = limits;
    }

    /** {@code bytes}: one stanza that was found well-formed before. */
    Element read(byte[] bytes) {
        StreamParser open = parser;
        if (open == null) {
            open = new StreamParser(limits);
            open.feed(STREAM, 0, STREAM.length);
            open.poll();
            open.poll();
            parser = open;
        }
        open.feed(bytes, 0, bytes.length);
        StreamEvent event = open.poll();
        open.poll();
        if (event instanceof StreamEvent.Stanza stanza) {
            return stanza.element();
        }
        throw new IllegalStateException("Expected a stanza that was checked before");
    }
}
