package io.convoke.node.peers;

/**
 * What a foreign XMPP server serves, all on 127.0.0.1: the domain, with the account {@link #USER}, a second domain {@code guests.} for whoever
 * wants to come without an account, and the place of one component.
 *
 * @param component the component's address, a domain under this one
 */
public record ServedDomain(String domain, String component, String secret) {
    public static final String USER = "ada";
    public static final String PASSWORD = "lovelace";

    public String guests() {
        return "guests." + domain;
    }

    public String rooms() {
        return "rooms." + domain;
    }
}
