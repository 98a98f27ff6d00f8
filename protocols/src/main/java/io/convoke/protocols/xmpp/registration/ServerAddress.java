package io.convoke.protocols.xmpp.registration;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code host:port}; the host is a name or an address literal, in lower case, IPv6 without brackets. */
public record ServerAddress(String host, int port) {
    /** Where components are taken over TLS, unless something says otherwise. */
    public static final int DEFAULT_PORT = 5223;

    private static final int MAX_PORT = 65_535;
    private static final int MAX_HOST = 253;
    private static final Pattern FORM =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^\\[\\]:\\s/@]+))(?::([0-9]{1,5}))?");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    public ServerAddress {
        host = host.toLowerCase(Locale.ROOT);
    }

    /** {@code host}, {@code host:port}, {@code [IPv6]}, {@code [IPv6]:port} or a bare IPv6 address; empty where it is none of these. */
    public static Optional<ServerAddress> parse(String text, int defaultPort) {
        if (IPV6.matcher(text).matches()) {
            return Optional.of(new ServerAddress(text, defaultPort));
        }
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String literal = parts.group(1);
        String host = literal != null ? literal : parts.group(2);
        int port = parts.group(3) == null ? defaultPort : Integer.parseInt(parts.group(3));
        boolean possible = port > 0
                && port <= MAX_PORT
                && host.length() <= MAX_HOST
                && (literal == null || IPV6.matcher(literal).matches());
        return possible
                ? Optional.of(new ServerAddress(host.endsWith(".") ? host.substring(0, host.length() - 1) : host, port))
                : Optional.empty();
    }

    public boolean isIpv6() {
        return host.indexOf(':') >= 0;
    }

    public boolean isIpv4() {
        return IPV4.matcher(host).matches();
    }

    /** Whether the host is an address rather than a name. */
    public boolean isLiteral() {
        return isIpv6() || isIpv4();
    }

    @Override
    public String toString() {
        return isIpv6() ? "[" + host + "]:" + port : host + ":" + port;
    }
}
