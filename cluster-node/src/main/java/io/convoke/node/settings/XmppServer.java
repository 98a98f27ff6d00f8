package io.convoke.node.settings;

import io.convoke.media.xmpp.Listener;
import io.convoke.media.xmpp.XmppServerSettings;
import io.convoke.node.settings.NodeSettings.Pem;
import io.convoke.protocols.xmpp.xml.StreamLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The XMPP server's ports and bounds, {@code convoke.xmpp.server}.
 *
 * @param pem certificate and key are empty where one is to be generated; trust is for components' certificates
 * @param listeners the ports to open
 */
public record XmppServer(String host, Pem pem, List<Listener> listeners, XmppServerSettings wire) {
    private static final int OFF = -1;

    static XmppServer read(SettingsReader server, String domain, Pem pem) throws SettingsFailure {
        if (pem.certificate().isEmpty() != pem.key().isEmpty()) {
            throw server.refusal(
                    pem.key().isEmpty() ? "certificate" : "key", "certificate and key together, or neither");
        }
        String asked = server.text("client-certificate");
        if (!asked.equals("ask") && !asked.equals("require")) {
            throw server.refusal("client-certificate", "ask or require");
        }
        String host = server.text("host");
        XmppServerSettings wire = new XmppServerSettings(
                domain, asked.equals("require"), components(server.section("component-limits")), clients(server));
        return new XmppServer(host, pem, listeners(server, host), wire);
    }

    private static List<Listener> listeners(SettingsReader server, String host) throws SettingsFailure {
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException nowhere) {
            throw server.refusal("host", "an address or name of this machine");
        }
        List<Listener> listeners = new ArrayList<>();
        add(listeners, Listener.Kind.CLIENTS, address, port(server, "client-port"));
        add(listeners, Listener.Kind.COMPONENTS, address, port(server, "component-port"));
        add(listeners, Listener.Kind.PLAIN_COMPONENTS, address, port(server, "plain-component-port"));
        add(
                listeners,
                address.isLoopbackAddress() ? Listener.Kind.WEB_SOCKET : Listener.Kind.SECURE_WEB_SOCKET,
                address,
                port(server, "web-socket-port"));
        return List.copyOf(listeners);
    }

    private static int port(SettingsReader server, String key) throws SettingsFailure {
        return server.whole(key, OFF, 65_535);
    }

    private static void add(List<Listener> listeners, Listener.Kind kind, InetAddress address, int port) {
        if (port != OFF) {
            listeners.add(new Listener(kind, new InetSocketAddress(address, port)));
        }
    }

    private static XmppServerSettings.Components components(SettingsReader limits) throws SettingsFailure {
        return new XmppServerSettings.Components(
                limits.whole("threads", 1, 256),
                stanzas(limits),
                limits.duration("authentication-timeout"),
                limits.bytes("max-unauthenticated"),
                limits.duration("keep-alive"),
                limits.duration("ping-timeout"),
                limits.duration("stall-timeout"),
                limits.whole("max-in-flight", 2, 100_000),
                limits.whole("max-connections", 1, 1_000_000),
                limits.whole("max-per-source", 1, 1_000_000));
    }

    private static XmppServerSettings.Clients clients(SettingsReader server) throws SettingsFailure {
        SettingsReader limits = server.section("client-limits");
        List<String> mechanisms = server.texts("mechanisms");
        if (!List.of("SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "ANONYMOUS").containsAll(mechanisms)
                || mechanisms.isEmpty()) {
            throw server.refusal("mechanisms", "a list with some of SCRAM-SHA-256, SCRAM-SHA-1, PLAIN, ANONYMOUS");
        }
        Duration resume = limits.duration("resume-timeout");
        return new XmppServerSettings.Clients(
                limits.whole("threads", 1, 256),
                server.flag("require-tls"),
                mechanisms,
                stanzas(limits),
                limits.duration("authentication-timeout"),
                limits.bytes("max-unauthenticated"),
                limits.duration("keep-alive"),
                limits.duration("ping-timeout"),
                resume,
                limits.whole("max-in-flight", 2, 100_000),
                limits.bytes("max-queued"),
                limits.whole("stanzas-per-second", 1, 1_000_000),
                limits.whole("burst", 1, 1_000_000),
                limits.whole("max-connections", 1, 1_000_000),
                limits.whole("max-per-source", 1, 1_000_000));
    }

    private static StreamLimits stanzas(SettingsReader limits) throws SettingsFailure {
        return new StreamLimits(
                limits.bytes("max-stanza"),
                limits.whole("max-depth", 4, 1_000),
                limits.whole("max-attributes", 8, 1_000),
                limits.whole("max-elements", 16, 1_000_000));
    }
}
