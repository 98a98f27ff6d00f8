package io.convoke.media.xmpp;

import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.Stanzas;
import io.convoke.protocols.xmpp.component.ComponentAcceptor;
import io.convoke.protocols.xmpp.xml.Element;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What the connections of all components of this node share. Safe from any thread. */
final class ComponentServer {
    private final XmppServerSettings settings;
    private final ServerPort port;
    private final ComponentAcceptor.Settings machineSettings;
    private final ComponentTable table = new ComponentTable();
    private final AtomicLong ids = new AtomicLong();
    private final ConcurrentHashMap<Long, ComponentSocket> all = new ConcurrentHashMap<>();

    ComponentServer(XmppServerSettings settings, ServerPort port) {
        this.settings = settings;
        this.port = port;
        XmppServerSettings.Components components = settings.components();
        machineSettings = new ComponentAcceptor.Settings(
                settings.domain(),
                components.limits(),
                true,
                components.authenticationTimeout().toNanos(),
                components.maxUnauthenticatedBytes(),
                components.keepAlive().toNanos(),
                components.pingTimeout().toNanos());
    }

    XmppServerSettings.Components settings() {
        return settings.components();
    }

    ComponentAcceptor.Settings machineSettings() {
        return machineSettings;
    }

    ServerPort port() {
        return port;
    }

    ComponentTable table() {
        return table;
    }

    long nextId() {
        return ids.incrementAndGet();
    }

    long pingNanos() {
        return machineSettings.pingTimeoutNanos();
    }

    long stallNanos() {
        return settings.components().stallTimeout().toNanos();
    }

    /** Its answer is swallowed by the machine, as those of its own pings are. */
    Element proofPing(String name) {
        return Stanzas.iq("get", "keepalive-proof", settings.domain(), name, Element.of("ping", Namespaces.PING));
    }

    void began(ComponentSocket component) {
        all.put(component.id(), component);
    }

    /** A connection has ended; {@code wasOpen}: as a component's. */
    void ended(ComponentSocket component, boolean wasOpen, String reason) {
        all.remove(component.id());
        if (wasOpen) {
            port.componentGone(component, reason);
        } else if (!component.name().isEmpty()) {
            port.event(
                    "xmpp component refused", component.name() + " from " + component.remoteAddress() + ": " + reason);
        }
    }

    void failed(ComponentSocket component, Throwable cause) {
        SSLException tls = tlsFailure(cause);
        if (tls != null && component.name().isEmpty()) {
            port.event(
                    "xmpp component refused",
                    "A connection from " + component.remoteAddress() + ": TLS failed: " + tls.getMessage());
        }
    }

    Iterable<ComponentSocket> all() {
        return all.values();
    }

    static String addressOf(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress() + ":" + address.getPort()
                : "";
    }

    private static @Nullable SSLException tlsFailure(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof SSLException tls) {
                return tls;
            }
        }
        return null;
    }
}
