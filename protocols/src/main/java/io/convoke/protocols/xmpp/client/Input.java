package io.convoke.protocols.xmpp.client;

import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.xml.Element;
import io.convoke.protocols.xmpp.xml.StreamEvent;
import io.convoke.protocols.xmpp.xml.StreamLimits;
import io.convoke.protocols.xmpp.xml.StreamParser;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came and was not looked at yet, because an answer of the caller's is awaited: bytes of a stream, or messages of a WebSocket. */
final class Input {
    private final StreamLimits limits;
    private final ArrayDeque<byte[]> chunks = new ArrayDeque<>();
    private final ArrayDeque<String> messages = new ArrayDeque<>();
    private StreamParser parser;
    private long waitingBytes;

    Input(StreamLimits limits) {
        this.limits = limits;
        parser = new StreamParser(limits);
    }

    void add(byte[] bytes) {
        chunks.add(bytes);
        waitingBytes += bytes.length;
    }

    void add(String message) {
        messages.add(message);
        waitingBytes += message.length();
    }

    /** Without what the parser has taken already. */
    long waitingBytes() {
        return waitingBytes;
    }

    /** A new stream begins. */
    void restart() {
        parser = new StreamParser(limits);
    }

    /** What came in the clear must not count inside TLS. */
    void discard() {
        chunks.clear();
        messages.clear();
        waitingBytes = 0;
        restart();
    }

    @Nullable
    StreamEvent poll() {
        String message = messages.poll();
        if (message != null) {
            waitingBytes -= message.length();
            return framed(message);
        }
        StreamEvent event = parser.poll();
        while (event == null) {
            byte[] chunk = chunks.poll();
            if (chunk == null) {
                return null;
            }
            waitingBytes -= chunk.length;
            parser.feed(chunk, 0, chunk.length);
            event = parser.poll();
        }
        return event;
    }

    /** RFC 7395 §3.3: open and close are elements, every message is one. */
    private StreamEvent framed(String message) {
        StreamEvent event = StreamParser.read(message, limits);
        if (event instanceof StreamEvent.Stanza stanza) {
            Element element = stanza.element();
            if (element.is("open", Namespaces.FRAMING)) {
                return new StreamEvent.Opened(
                        Element.of("stream", Namespaces.STREAMS, element.attributes(), List.of()), Namespaces.CLIENT);
            }
            if (element.is("close", Namespaces.FRAMING)) {
                return new StreamEvent.Closed();
            }
        }
        return event;
    }
}
