package io.convoke.node;

import io.convoke.actors.dns.DnsResolver;
import io.convoke.actors.xmpp.session.XmppSessionsSettings;
import io.convoke.node.settings.XmppCallbridge;
import io.convoke.protocols.xmpp.registration.RegistrationSettings;
import io.convoke.protocols.xmpp.registration.ServerAddress;
import io.convoke.protocols.xmpp.xml.StreamLimits;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The callbridge's XMPP settings in the words of the other modules. */
final class XmppCallbridgeSettings {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_ATTRIBUTES = 64;
    private static final int MAX_CHILDREN = 4096;
    private static final int DNS_PORT = 53;

    private XmppCallbridgeSettings() {}

    static XmppSessionsSettings sessions(XmppCallbridge settings) {
        Set<ServerAddress> plainTcp = new HashSet<>();
        settings.plainTcp()
                .forEach(server ->
                        ServerAddress.parse(server, ServerAddress.DEFAULT_PORT).ifPresent(plainTcp::add));
        return new XmppSessionsSettings(
                settings.each(),
                plainTcp,
                new StreamLimits(settings.maxStanzaBytes(), MAX_DEPTH, MAX_ATTRIBUTES, MAX_CHILDREN),
                new RegistrationSettings.Bounds(
                        settings.connectTimeout().toNanos(),
                        settings.tlsTimeout().toNanos(),
                        settings.streamTimeout().toNanos(),
                        settings.keepAlive().toNanos(),
                        settings.pingTimeout().toNanos(),
                        settings.retryMin().toNanos(),
                        settings.retryMax().toNanos()));
    }

    static DnsResolver resolver(XmppCallbridge settings) {
        List<InetSocketAddress> servers = ServerAddress.parse(settings.resolver(), DNS_PORT)
                .map(server -> List.of(new InetSocketAddress(server.host(), server.port())))
                .orElse(List.of());
        return new DnsResolver(servers, settings.resolverTimeout(), settings.resolverTries());
    }
}
