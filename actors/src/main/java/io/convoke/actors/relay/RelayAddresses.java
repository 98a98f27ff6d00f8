package io.convoke.actors.relay;

import io.convoke.protocols.turn.TransportAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses as text. Names are not looked up. */
public final class RelayAddresses {
    private static final Pattern WITH_PORT = Pattern.compile("\\[?([^\\]%]+)(?:%[^\\]]*)?\\]?:([0-9]{1,5})");
    private static final int HIGHEST_PORT = 65_535;

    private RelayAddresses() {}

    /** {@code 192.0.2.1:3478}, {@code [2001:db8::1]:3478}, or the latter without brackets; null for anything else. */
    public static @Nullable TransportAddress read(String text) {
        Matcher parts = WITH_PORT.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        int port = Integer.parseInt(parts.group(2));
        return port == 0 || port > HIGHEST_PORT ? null : TransportAddress.ofIp(parts.group(1), port);
    }

    /** With IPv6 in brackets, as in a URL. */
    static String inUrl(String host) {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }
}
