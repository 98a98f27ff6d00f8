package io.convoke.actors.xmpp;

import io.convoke.protocols.xmpp.Jid;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the fields of an XMPP configuration may hold. Each may be empty: whoever configures sets them one after the other. */
public final class XmppConfigurationRule {
    /** Most characters of a shared secret. */
    public static final int MAX_SECRET = 255;

    /** Labels of letters, digits, hyphens and underscores, in any script (RFC 7622 §3.2); IPv4 addresses look the same. */
    private static final Pattern NAME = Pattern.compile(
            "[\\p{L}\\p{N}_][\\p{L}\\p{M}\\p{N}_-]{0,62}(\\.[\\p{L}\\p{N}_][\\p{L}\\p{M}\\p{N}_-]{0,62})*");

    private static final int MAX_NAME = 253;
    private static final Pattern ADDRESS = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^\\[\\]:]+))(?::([0-9]{1,5}))?");
    private static final Pattern IPV6 = Pattern.compile("(?=.*:.*:)[0-9A-Fa-f:]{2,39}(\\d{1,3}(\\.\\d{1,3}){3})?");
    private static final int MAX_PORT = 65_535;

    private XmppConfigurationRule() {}

    /** The field that cannot be so, by its name in {@link XmppConfiguration}; empty where all can. */
    public static Optional<String> firstBad(XmppConfiguration configuration) {
        if (!configuration.uniqueName().isEmpty() && !isName(configuration.uniqueName())) {
            return Optional.of("uniqueName");
        }
        if (!configuration.domain().isEmpty() && !isName(configuration.domain())) {
            return Optional.of("domain");
        }
        if (!configuration.sharedSecret().isEmpty() && !isSecret(configuration.sharedSecret())) {
            return Optional.of("sharedSecret");
        }
        return configuration.serverAddressOverride().isEmpty() || isAddress(configuration.serverAddressOverride())
                ? Optional.empty()
                : Optional.of("serverAddressOverride");
    }

    /** Whether this can be a component's or a server's address: a domain name, or anything that looks like one. */
    public static boolean isName(String name) {
        return name.length() <= MAX_NAME
                && NAME.matcher(name).matches()
                && Jid.of(null, name, null).isPresent();
    }

    /** Printable, not empty, and with neither end a space that nobody sees. */
    public static boolean isSecret(String secret) {
        return !secret.isEmpty()
                && secret.length() <= MAX_SECRET
                && secret.strip().equals(secret)
                && secret.chars().noneMatch(Character::isISOControl);
    }

    /** {@code host}, {@code host:port}, {@code [IPv6]} or {@code [IPv6]:port}. */
    public static boolean isAddress(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            return false;
        }
        String port = parts.group(3);
        boolean reachable = port == null || (Integer.parseInt(port) >= 1 && Integer.parseInt(port) <= MAX_PORT);
        return reachable
                && (parts.group(1) == null
                        ? isName(parts.group(2))
                        : IPV6.matcher(parts.group(1)).matches());
    }

    /** How a component's name is compared; empty where it is none. */
    static Optional<String> normalized(String name) {
        return isName(name) ? Jid.of(null, name, null).map(Jid::domain) : Optional.empty();
    }
}
