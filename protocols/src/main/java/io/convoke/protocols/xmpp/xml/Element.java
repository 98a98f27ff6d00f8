package io.convoke.protocols.xmpp.xml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One XML element: name, namespace, attributes, content. Immutable; every {@code with…} answers a copy. A stanza's namespace is always {@code
 * jabber:client} in here, whichever content namespace its stream has.
 *
 * <p>Attributes in no namespace are keyed by their name; {@code xml:lang} and others of the XML namespace by {@code xml:} and the name; those of any
 * other namespace by {@code {namespace}name}.
 */
public final class Element implements XmlNode {
    private final String name;
    private final String namespace;
    private final Map<String, String> attributes;
    private final List<XmlNode> content;

    private Element(String name, String namespace, Map<String, String> attributes, List<XmlNode> content) {
        this.name = name;
        this.namespace = namespace;
        this.attributes = attributes;
        this.content = content;
    }

    /** An empty element. {@code namespace} is empty for none. */
    public static Element of(String name, String namespace) {
        return new Element(name, namespace, Map.of(), List.of());
    }

    /** With everything; the collections are copied. */
    public static Element of(
            String name, String namespace, Map<String, String> attributes, List<? extends XmlNode> content) {
        return new Element(
                name,
                namespace,
                attributes.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(attributes)),
                List.copyOf(content));
    }

    /** As {@link #of(String, String, Map, List)}, but the collections are taken over: nobody may change them any more. */
    static Element owning(String name, String namespace, Map<String, String> attributes, List<XmlNode> content) {
        return new Element(
                name,
                namespace,
                attributes.isEmpty() ? Map.of() : Collections.unmodifiableMap(attributes),
                content.isEmpty() ? List.of() : Collections.unmodifiableList(content));
    }

    public String name() {
        return name;
    }

    public String namespace() {
        return namespace;
    }

    /** In document order. */
    public Map<String, String> attributes() {
        return attributes;
    }

    /** In document order. */
    public List<XmlNode> content() {
        return content;
    }

    public @Nullable String attribute(String key) {
        return attributes.get(key);
    }

    public boolean is(String name, String namespace) {
        return this.name.equals(name) && this.namespace.equals(namespace);
    }

    /** Sets the attribute, or removes it where the value is null. */
    public Element with(String key, @Nullable String value) {
        if (Objects.equals(attributes.get(key), value)) {
            return this;
        }
        Map<String, String> changed = new LinkedHashMap<>(attributes);
        if (value == null) {
            changed.remove(key);
        } else {
            changed.put(key, value);
        }
        return new Element(name, namespace, Collections.unmodifiableMap(changed), content);
    }

    /** Appends. */
    public Element with(XmlNode... more) {
        List<XmlNode> longer = new ArrayList<>(content);
        Collections.addAll(longer, more);
        return new Element(name, namespace, attributes, List.copyOf(longer));
    }

    /** Appends character data. */
    public Element withText(String text) {
        return text.isEmpty() ? this : with(new XmlText(text));
    }

    /** Leaves out the children that match. */
    public Element without(Predicate<Element> children) {
        return new Element(
                name,
                namespace,
                attributes,
                content.stream()
                        .filter(node -> !(node instanceof Element child && children.test(child)))
                        .toList());
    }

    /** Child elements in document order. */
    public Stream<Element> children() {
        return content.stream().filter(Element.class::isInstance).map(Element.class::cast);
    }

    /** The first such child. */
    public Optional<Element> child(String name, String namespace) {
        return children().filter(child -> child.is(name, namespace)).findFirst();
    }

    /** All character data that stands directly in this element. */
    public String text() {
        StringBuilder all = new StringBuilder();
        for (XmlNode node : content) {
            if (node instanceof XmlText characters) {
                all.append(characters.text());
            }
        }
        return all.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Element element
                && name.equals(element.name)
                && namespace.equals(element.namespace)
                && attributes.equals(element.attributes)
                && content.equals(element.content);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, namespace, attributes, content);
    }

    /** The name only: content may hold what no log should. */
    @Override
    public String toString() {
        return "<" + name + " xmlns='" + namespace + "'>";
    }
}
