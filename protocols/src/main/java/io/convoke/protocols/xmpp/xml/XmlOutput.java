package io.convoke.protocols.xmpp.xml;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Elements as text for the wire: names unprefixed with {@code xmlns} where the namespace changes, attributes of foreign namespaces with prefixes of
 * their own. Characters that XML 1.0 does not allow are left out.
 */
public final class XmlOutput {
    static final String XML = "http://www.w3.org/XML/1998/namespace";

    private XmlOutput() {}

    /**
     * Appends the element.
     *
     * @param defaultNamespace the default namespace in force where the element will stand; such elements get no {@code xmlns}
     */
    public static void append(StringBuilder out, Element element, String defaultNamespace) {
        // Bound to its prefix for ever, and must not be a default (Namespaces in XML 1.0 §3).
        boolean ofXml = element.namespace().equals(XML);
        String name = ofXml ? "xml:" + element.name() : element.name();
        out.append('<').append(name);
        if (!ofXml && !element.namespace().equals(defaultNamespace)) {
            attribute(out, "xmlns", element.namespace());
        }
        appendAttributes(out, element.attributes());
        if (element.content().isEmpty()) {
            out.append("/>");
            return;
        }
        out.append('>');
        for (XmlNode node : element.content()) {
            if (node instanceof XmlText characters) {
                escape(out, characters.text(), false);
            } else if (node instanceof Element child) {
                append(out, child, ofXml ? defaultNamespace : element.namespace());
            }
        }
        out.append("</").append(name).append('>');
    }

    public static String text(Element element, String defaultNamespace) {
        StringBuilder out = new StringBuilder(256);
        append(out, element, defaultNamespace);
        return out.toString();
    }

    /**
     * An element with a prefix, which older clients insist on for what belongs to the stream itself (RFC 6120 §4.8.5). Its attributes are left out.
     *
     * @param declared whether the prefix is declared around it; where it is not, the element does so
     * @param defaultNamespace the default namespace in force around it
     */
    public static String prefixed(String prefix, Element element, boolean declared, String defaultNamespace) {
        StringBuilder out = new StringBuilder(256);
        String name = prefix + ":" + element.name();
        out.append('<').append(name);
        if (!declared) {
            attribute(out, "xmlns:" + prefix, element.namespace());
        }
        out.append('>');
        element.children().forEach(child -> append(out, child, defaultNamespace));
        return out.append("</").append(name).append('>').toString();
    }

    /** Appends {@code  name='value'} with the value escaped. */
    public static void attribute(StringBuilder out, String name, String value) {
        out.append(' ').append(name).append("='");
        escape(out, value, true);
        out.append('\'');
    }

    private static void appendAttributes(StringBuilder out, Map<String, String> attributes) {
        Map<String, String> prefixes = null;
        for (Map.Entry<String, String> entry : attributes.entrySet()) {
            String key = entry.getKey();
            if (key.charAt(0) != '{') {
                attribute(out, key, entry.getValue());
                continue;
            }
            int end = key.lastIndexOf('}');
            if (prefixes == null) {
                prefixes = new LinkedHashMap<>();
            }
            String namespace = key.substring(1, end);
            String prefix = prefixes.get(namespace);
            if (prefix == null) {
                prefix = "ns" + prefixes.size();
                prefixes.put(namespace, prefix);
                attribute(out, "xmlns:" + prefix, namespace);
            }
            attribute(out, prefix + ":" + key.substring(end + 1), entry.getValue());
        }
    }

    private static void escape(StringBuilder out, String text, boolean inAttribute) {
        int length = text.length();
        for (int index = 0; index < length; index++) {
            char character = text.charAt(index);
            switch (character) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '\'' -> out.append(inAttribute ? "&apos;" : "'");
                case '"' -> out.append(inAttribute ? "&quot;" : "\"");
                case '\n', '\t' -> {
                    if (inAttribute) {
                        out.append(character == '\n' ? "&#10;" : "&#9;");
                    } else {
                        out.append(character);
                    }
                }
                case '\r' -> out.append("&#13;");
                default -> {
                    if (Character.isHighSurrogate(character)
                            && index + 1 < length
                            && Character.isLowSurrogate(text.charAt(index + 1))) {
                        out.append(character).append(text.charAt(++index));
                    } else if (character >= ' ' && !Character.isSurrogate(character) && character < '\uFFFE') {
                        out.append(character);
                    }
                }
            }
        }
    }
}
