package io.convoke.protocols.sdp;

import java.util.List;

/**
 * One {@code a=} line (RFC 8866 §5.13): {@code a=name} or {@code a=name:value}.
 *
 * @param name what stands before the first colon, never empty
 * @param value what stands after it; empty for an attribute without value
 */
public record Attribute(String name, String value) {
    /** Values of all attributes with that name, in the order of the description. */
    static List<String> values(List<Attribute> attributes, String name) {
        return attributes.stream()
                .filter(a -> a.name().equals(name))
                .map(Attribute::value)
                .toList();
    }

    String line() {
        return value.isEmpty() ? "a=" + name : "a=" + name + ":" + value;
    }

    @Override
    public String toString() {
        return name.equals("ice-pwd") ? "a=ice-pwd:(hidden)" : line();
    }
}
