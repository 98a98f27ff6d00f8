package io.convoke.node.settings;

import io.convoke.node.settings.NodeSettings.Pem;
import java.time.Duration;
import java.util.List;

/**
 * How the callbridge registers with XMPP servers: {@code convoke.xmpp.callbridge}.
 *
 * @param pem paths are empty where none is configured
 * @param resolver {@code host:port}, or empty for the machine's
 * @param each a session with each server instead of one with the best
 * @param plainTcp {@code host:port} of servers without TLS
 */
public record XmppCallbridge(
        Pem pem,
        String resolver,
        Duration resolverTimeout,
        int resolverTries,
        boolean each,
        List<String> plainTcp,
        Duration connectTimeout,
        Duration tlsTimeout,
        Duration streamTimeout,
        Duration keepAlive,
        Duration pingTimeout,
        Duration retryMin,
        Duration retryMax,
        int maxStanzaBytes,
        int maxQueuedBytes) {
    private static final String HOST_AND_PORT = "[^\\s:/@]+:[0-9]{1,5}|\\[[0-9A-Fa-f:.]+]:[0-9]{1,5}";
    private static final String BEST = "best";
    private static final String EACH = "each";

    static XmppCallbridge read(SettingsReader section, Pem pem) throws SettingsFailure {
        String sessions = section.text("sessions");
        if (!sessions.equals(BEST) && !sessions.equals(EACH)) {
            throw section.refusal("sessions", "best or each");
        }
        String resolver = section.text("resolver");
        if (!resolver.isEmpty() && !resolver.matches(HOST_AND_PORT)) {
            throw section.refusal("resolver", "host:port, or nothing");
        }
        List<String> plainTcp = section.texts("plain-tcp");
        if (!plainTcp.stream().allMatch(server -> server.matches(HOST_AND_PORT))) {
            throw section.refusal("plain-tcp", "a list of host:port");
        }
        XmppCallbridge read = new XmppCallbridge(
                pem,
                resolver,
                section.duration("resolver-timeout"),
                section.whole("resolver-tries", 1, 10),
                sessions.equals(EACH),
                plainTcp,
                section.duration("connect-timeout"),
                section.duration("tls-timeout"),
                section.duration("stream-timeout"),
                section.duration("keep-alive"),
                section.duration("ping-timeout"),
                section.duration("retry-min"),
                section.duration("retry-max"),
                section.bytes("max-stanza"),
                section.bytes("max-queued"));
        if (read.retryMax().compareTo(read.retryMin()) < 0) {
            throw section.refusal("retry-max", "as long as retry-min or longer");
        }
        return read;
    }
}
