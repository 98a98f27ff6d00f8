package io.convoke.protocols.xmpp.xml;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one direction of one XMPP stream (RFC 6120 §4, §11), in pieces that may end anywhere. {@link #feed}, then {@link #poll} until it is null, then the
 * next piece. After STARTTLS and SASL a new stream begins: with a new parser. Never throws on what a peer sent.
 *
 * <p>Nothing is kept but the unit in progress, at most {@link StreamLimits#maxStanzaBytes} long. Blanks between stanzas are dropped, however many.
 */
public final class StreamParser {
    static final String CLIENT = "jabber:client";
    static final String COMPONENT_ACCEPT = "jabber:component:accept";
    /** For XML that is ours, or was checked before. */
    private static final StreamLimits GENEROUS = new StreamLimits(16 << 20, 256, 256, 1 << 20);

    private static final byte[] NONE = {};

    private final UnitScanner scanner;
    private final TreeReader reader = new TreeReader();
    private final ArrayDeque<StreamEvent> ready = new ArrayDeque<>();
    private final boolean raw;
    private final int maxBytes;
    private byte[] input = NONE;
    private int at;
    private int end;
    private byte[] kept = NONE;
    private int keptLength;
    private boolean over;

    public StreamParser(StreamLimits limits) {
        this(limits, false, false);
    }

    private StreamParser(StreamLimits limits, boolean document, boolean raw) {
        scanner = new UnitScanner(limits, document ? 0 : 1);
        this.raw = raw;
        maxBytes = limits.maxStanzaBytes();
    }

    /**
     * For a router between streams of one content namespace: stanzas come as {@link StreamEvent.RawStanza}, checked but not made into a tree. Those whose
     * bytes would mean something else on another stream, for want of a prefix that this one's start tag declares, and elements of other namespaces come as
     * {@link StreamEvent.Stanza}.
     */
    public static StreamParser routing(StreamLimits limits) {
        return new StreamParser(limits, false, true);
    }

    /** Reads one whole element. Throws {@link IllegalArgumentException} where it is not well-formed or has what XMPP forbids. */
    public static Element parse(String xml) {
        return parse(xml, GENEROUS);
    }

    /** As {@link #parse(String)}, within limits. */
    public static Element parse(String xml, StreamLimits limits) {
        StreamEvent event = read(xml, limits);
        if (event instanceof StreamEvent.Stanza stanza) {
            return stanza.element();
        }
        throw new IllegalArgumentException(
                event instanceof StreamEvent.Violated violated ? violated.text() : "Expected an element");
    }

    /** Reads one whole element, such as a WebSocket message has (RFC 7395 §3.3): {@link StreamEvent.Stanza} or {@link StreamEvent.Violated}. */
    public static StreamEvent read(String xml, StreamLimits limits) {
        byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
        StreamParser parser = new StreamParser(limits, true, false);
        parser.feed(bytes, 0, bytes.length);
        StreamEvent first = parser.poll();
        if (first == null) {
            return new StreamEvent.Violated(Conditions.NOT_WELL_FORMED, "Expected a whole element");
        }
        StreamEvent second = parser.poll();
        boolean more = parser.scanner.inUnit() || second instanceof StreamEvent.Stanza;
        if (second instanceof StreamEvent.Violated violated) {
            return violated;
        }
        return more ? new StreamEvent.Violated(Conditions.NOT_WELL_FORMED, "Expected one element only") : first;
    }

    /** Takes the next bytes; the array is not touched any more once {@link #poll} has answered null. */
    public void feed(byte[] bytes, int offset, int length) {
        if (at < end) {
            throw new IllegalStateException("Expected poll() until null before the next feed");
        }
        input = bytes;
        at = offset;
        end = offset + length;
    }

    /** The next event, or null: more bytes are needed. */
    public @Nullable StreamEvent poll() {
        StreamEvent waiting = ready.poll();
        if (waiting != null) {
            return waiting;
        }
        while (at < end && !over) {
            UnitScanner.Found found = scanner.scan(input, at, end);
            int begin = scanner.unitStart();
            at = scanner.position();
            if (found == UnitScanner.Found.VIOLATION) {
                return violated(scanner.condition(), scanner.text());
            }
            if (found == UnitScanner.Found.NOTHING) {
                keepOn(begin);
                break;
            }
            if (found != UnitScanner.Found.DECLARATION) {
                return unit(found, begin);
            }
            keptLength = 0;
        }
        at = end;
        input = NONE;
        return null;
    }

    private void keepOn(int begin) {
        if (scanner.inUnit()) {
            keep(begin, at);
        } else {
            keptLength = 0;
        }
    }

    private StreamEvent unit(UnitScanner.Found found, int begin) {
        if (keptLength == 0) {
            return read(found, input, begin, at);
        }
        keep(begin, at);
        byte[] whole = kept;
        int length = keptLength;
        kept = NONE;
        keptLength = 0;
        return read(found, whole, 0, length);
    }

    private StreamEvent read(UnitScanner.Found found, byte[] bytes, int from, int to) {
        if (scanner.nonAscii() && !Utf8.isXml(bytes, from, to)) {
            return violated(Conditions.NOT_WELL_FORMED, "Expected UTF-8");
        }
        try {
            return switch (found) {
                case HEADER -> opened(bytes, from, to);
                case ELEMENT -> stanza(bytes, from, to);
                default -> {
                    reader.end(bytes, from, to);
                    over = true;
                    yield new StreamEvent.Closed();
                }
            };
        } catch (XMLStreamException | RuntimeException malformed) {
            // The parser's own words may hold the peer's content.
            return violated(Conditions.NOT_WELL_FORMED, "Expected well-formed XML");
        }
    }

    private StreamEvent opened(byte[] bytes, int from, int to) throws XMLStreamException {
        Element header = reader.header(bytes, from, to);
        if (scanner.emptyHeader()) {
            over = true;
            ready.add(new StreamEvent.Closed());
        }
        return new StreamEvent.Opened(header, reader.contentNamespace());
    }

    private StreamEvent stanza(byte[] bytes, int from, int to) throws XMLStreamException {
        if (raw) {
            Element head = reader.head(bytes, from, to);
            if (head != null) {
                return new StreamEvent.RawStanza(head, Arrays.copyOfRange(bytes, from, to));
            }
        }
        return new StreamEvent.Stanza(reader.element(bytes, from, to), to - from);
    }

    private StreamEvent violated(String condition, String text) {
        over = true;
        kept = NONE;
        keptLength = 0;
        return new StreamEvent.Violated(condition, text);
    }

    private void keep(int from, int to) {
        int length = to - from;
        if (kept.length < keptLength + length) {
            kept = Arrays.copyOf(kept, Math.max(keptLength + length, Math.min(2 * kept.length, maxBytes)));
        }
        System.arraycopy(input, from, kept, keptLength, length);
        keptLength += length;
    }
}
