package io.convoke.media.xmpp;

import io.convoke.protocols.xmpp.client.ClientSettings;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What the connections of all clients of this node share. Safe from any thread. */
final class ClientServer {
    /** Beside their bytes, which are a setting: far more than a client lets wait that answers at all. */
    private static final int MAX_UNACKNOWLEDGED = 4096;

    private static final int MAX_FAILED_LOGINS = 5;

    private final XmppServerSettings settings;
    private final ServerPort port;
    private final ClientSettings encrypted;
    private final ClientSettings clear;
    private final ClientSettings webSocket;
    private final ClientSettings secureWebSocket;
    private final AtomicLong ids = new AtomicLong();
    private final AtomicInteger detached = new AtomicInteger();
    private final ConcurrentHashMap<Long, ClientSocket> sockets = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, ClientSession> resumable = new ConcurrentHashMap<>();

    ClientServer(XmppServerSettings settings, ServerPort port) {
        this.settings = settings;
        this.port = port;
        boolean required = settings.clients().requireTls();
        encrypted = machine(ClientSettings.Transport.TCP, ClientSettings.Tls.ENCRYPTED);
        clear = machine(
                ClientSettings.Transport.TCP, required ? ClientSettings.Tls.REQUIRED : ClientSettings.Tls.OPTIONAL);
        webSocket = machine(ClientSettings.Transport.WEB_SOCKET, ClientSettings.Tls.NONE);
        secureWebSocket = machine(ClientSettings.Transport.WEB_SOCKET, ClientSettings.Tls.ENCRYPTED);
    }

    private ClientSettings machine(ClientSettings.Transport transport, ClientSettings.Tls tls) {
        XmppServerSettings.Clients clients = settings.clients();
        return new ClientSettings(
                settings.domain(),
                transport,
                tls,
                clients.mechanisms(),
                new ClientSettings.Bounds(
                        clients.limits(),
                        clients.authenticationTimeout().toNanos(),
                        clients.maxUnauthenticatedBytes(),
                        MAX_FAILED_LOGINS,
                        clients.keepAlive().toNanos(),
                        clients.pingTimeout().toNanos(),
                        MAX_UNACKNOWLEDGED,
                        clients.maxQueuedBytes()),
                (int) clients.resumeTimeout().toSeconds());
    }

    ClientSettings machineSettings(boolean overWebSocket, boolean overTls) {
        if (overWebSocket) {
            return overTls ? secureWebSocket : webSocket;
        }
        return overTls ? encrypted : clear;
    }

    XmppServerSettings.Clients settings() {
        return settings.clients();
    }

    ServerPort port() {
        return port;
    }

    long nextId() {
        return ids.incrementAndGet();
    }

    void began(ClientSocket socket) {
        sockets.put(socket.id(), socket);
    }

    void ended(ClientSocket socket) {
        sockets.remove(socket.id());
    }

    Iterable<ClientSocket> all() {
        return sockets.values();
    }

    void mayResume(String previousId, ClientSession session) {
        resumable.put(previousId, session);
    }

    void mayNotResume(String previousId) {
        resumable.remove(previousId);
    }

    @Nullable
    ClientSession session(String previousId) {
        return resumable.get(previousId);
    }

    Iterable<ClientSession> resumableSessions() {
        return resumable.values();
    }

    /** Whether one more client may be away; if so, {@link #attached} has to follow. */
    boolean detach() {
        if (detached.incrementAndGet() > settings.clients().maxConnections()) {
            detached.decrementAndGet();
            return false;
        }
        return true;
    }

    void attached() {
        detached.decrementAndGet();
    }

    /** The address alone: it is what logins are throttled by. */
    static String addressOf(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : "";
    }
}
