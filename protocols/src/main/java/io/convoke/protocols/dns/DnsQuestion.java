package io.convoke.protocols.dns;

/** One look-up. {@code name} without the final dot. */
public record DnsQuestion(String name, Type type) {
    public enum Type {
        SRV,
        A,
        AAAA
    }

    @Override
    public String toString() {
        return type + " " + name;
    }
}
