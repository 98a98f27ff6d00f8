package io.convoke.protocols.xmpp.xml;

import com.fasterxml.aalto.AsyncByteArrayFeeder;
import com.fasterxml.aalto.AsyncXMLInputFactory;
import com.fasterxml.aalto.AsyncXMLStreamReader;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLInputFactory2;
import org.jspecify.annotations.Nullable;

/**
 * Makes elements of units' bytes; what is not well-formed throws. The namespaces that the stream's start tag declares hold for all units.
 *
 * <p>The parser below keeps every name and prefix it ever met. So that a peer cannot grow that without bound, the parser is replaced by a new one, with
 * tables of its own, after {@value #NAMES_PER_PARSER} names; the new one reads the start tag again.
 */
final class TreeReader {
    static final int NAMES_PER_PARSER = 8192;

    private AsyncXMLStreamReader<AsyncByteArrayFeeder> parser = newParser();
    private byte[] headerBytes = {};
    private Set<String> headerPrefixes = Set.of();
    private String contentNamespace = "";
    private int names;
    private boolean usesHeaderPrefix;

    /** The default namespace that the start tag declares. */
    String contentNamespace() {
        return contentNamespace;
    }

    /** The stream's start tag. */
    Element header(byte[] bytes, int from, int to) throws XMLStreamException {
        headerBytes = Arrays.copyOfRange(bytes, from, to);
        start(bytes, from, to);
        Set<String> prefixes = new HashSet<>();
        for (int index = 0; index < parser.getNamespaceCount(); index++) {
            String prefix = parser.getNamespacePrefix(index);
            if (prefix == null || prefix.isEmpty()) {
                contentNamespace = orEmpty(parser.getNamespaceURI(index));
            } else {
                prefixes.add(prefix);
            }
        }
        headerPrefixes = prefixes;
        return Element.owning(parser.getLocalName(), orEmpty(parser.getNamespaceURI()), attributes(), List.of());
    }

    /** One whole element. */
    Element element(byte[] bytes, int from, int to) throws XMLStreamException {
        start(bytes, from, to);
        ArrayDeque<Open> around = new ArrayDeque<>();
        Open open = open();
        StringBuilder text = new StringBuilder();
        while (true) {
            int event = parser.next();
            if (event == XMLStreamReader.CHARACTERS
                    || event == XMLStreamReader.CDATA
                    || event == XMLStreamReader.SPACE) {
                text.append(parser.getTextCharacters(), parser.getTextStart(), parser.getTextLength());
                continue;
            }
            if (!text.isEmpty()) {
                open.content.add(new XmlText(text.toString()));
                text.setLength(0);
            }
            if (event == XMLStreamReader.START_ELEMENT) {
                around.push(open);
                open = open();
            } else if (event == XMLStreamReader.END_ELEMENT) {
                Element done = open.done();
                if (around.isEmpty()) {
                    return done;
                }
                open = around.pop();
                open.content.add(done);
            } else {
                throw new XMLStreamException("Expected an element's content");
            }
        }
    }

    /**
     * Reads the whole element, and answers its start tag; null where its bytes mean something else on another stream of the same content namespace: where it
     * is not of that namespace itself, or uses a prefix that the stream's start tag declares.
     */
    @Nullable
    Element head(byte[] bytes, int from, int to) throws XMLStreamException {
        start(bytes, from, to);
        usesHeaderPrefix = false;
        String namespace = orEmpty(parser.getNamespaceURI());
        Element head = Element.owning(parser.getLocalName(), translated(namespace), attributes(), List.of());
        notePrefixes();
        int depth = 1;
        while (depth > 0) {
            int event = parser.next();
            if (event == XMLStreamReader.START_ELEMENT) {
                depth++;
                noteNames(parser.getAttributeCount());
                notePrefixes();
            } else if (event == XMLStreamReader.END_ELEMENT) {
                depth--;
            } else if (event != XMLStreamReader.CHARACTERS
                    && event != XMLStreamReader.CDATA
                    && event != XMLStreamReader.SPACE) {
                throw new XMLStreamException("Expected an element's content");
            }
        }
        return usesHeaderPrefix || !namespace.equals(contentNamespace) ? null : head;
    }

    /** The stream's end tag. */
    void end(byte[] bytes, int from, int to) throws XMLStreamException {
        parser.getInputFeeder().feedInput(bytes, from, to - from);
        if (parser.next() != XMLStreamReader.END_ELEMENT) {
            throw new XMLStreamException("Expected the stream's end tag");
        }
    }

    private void start(byte[] bytes, int from, int to) throws XMLStreamException {
        if (names > NAMES_PER_PARSER) {
            names = 0;
            parser = newParser();
            startTag(headerBytes, 0, headerBytes.length);
        }
        startTag(bytes, from, to);
    }

    private void startTag(byte[] bytes, int from, int to) throws XMLStreamException {
        parser.getInputFeeder().feedInput(bytes, from, to - from);
        int event = parser.next();
        if (event == XMLStreamReader.START_DOCUMENT) {
            event = parser.next();
        }
        if (event != XMLStreamReader.START_ELEMENT) {
            throw new XMLStreamException("Expected a start tag");
        }
    }

    private Open open() throws XMLStreamException {
        return new Open(parser.getLocalName(), translated(orEmpty(parser.getNamespaceURI())), attributes());
    }

    private Map<String, String> attributes() throws XMLStreamException {
        int count = parser.getAttributeCount();
        noteNames(count);
        if (count == 0) {
            return Map.of();
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int index = 0; index < count; index++) {
            String name = parser.getAttributeLocalName(index);
            String namespace = orEmpty(parser.getAttributeNamespace(index));
            String key = namespace.isEmpty()
                    ? name
                    : namespace.equals(XmlOutput.XML) ? "xml:" + name : "{" + namespace + "}" + name;
            attributes.put(key, parser.getAttributeValue(index));
        }
        return attributes;
    }

    private void noteNames(int attributes) throws XMLStreamException {
        int declarations = parser.getNamespaceCount();
        names += 1 + attributes + declarations;
        for (int index = 0; index < declarations; index++) {
            // Namespaces in XML 1.0 §5: only the default one may be taken back. The parser lets it pass.
            if (orEmpty(parser.getNamespaceURI(index)).isEmpty()
                    && !orEmpty(parser.getNamespacePrefix(index)).isEmpty()) {
                throw new XMLStreamException("Expected a namespace for the prefix");
            }
        }
    }

    private void notePrefixes() {
        if (headerPrefixes.contains(orEmpty(parser.getPrefix()))) {
            usesHeaderPrefix = true;
        }
        int count = parser.getAttributeCount();
        for (int index = 0; index < count; index++) {
            if (headerPrefixes.contains(orEmpty(parser.getAttributePrefix(index)))) {
                usesHeaderPrefix = true;
            }
        }
    }

    private String translated(String namespace) {
        return namespace.equals(StreamParser.COMPONENT_ACCEPT) && namespace.equals(contentNamespace)
                ? StreamParser.CLIENT
                : namespace;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static AsyncXMLStreamReader<AsyncByteArrayFeeder> newParser() {
        AsyncXMLInputFactory factory = new InputFactoryImpl();
        // Lazily skipped text would not be checked.
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
        return factory.createAsyncForByteArray();
    }

    private static final class Open {
        private final String name;
        private final String namespace;
        private final Map<String, String> attributes;
        private final List<XmlNode> content = new ArrayList<>(4);

        private Open(String name, String namespace, Map<String, String> attributes) {
            this.name = name;
            this.namespace = namespace;
            this.attributes = attributes;
        }

        private Element done() {
            return Element.owning(name, namespace, attributes, content);
        }
    }
}
