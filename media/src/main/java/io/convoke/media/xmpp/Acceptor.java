package io.convoke.media.xmpp;

import io.convoke.media.tcp.Census;
import io.convoke.protocols.xmpp.StreamCondition;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Gives each connection its handlers, or closes it at once where there are too many. */
final class Acceptor {
    private static final long RELEASE_SECONDS = 10;

    private final XmppServerSettings settings;
    private final ComponentServer componentServer;
    private final ClientServer clientServer;
    private final Census components;
    private final Census clients;
    private final ConcurrentHashMap<EventExecutor, WireLoop> loops = new ConcurrentHashMap<>();
    private volatile XmppTls tls;

    Acceptor(XmppServerSettings settings, XmppTls tls, ServerPort port) {
        this.settings = settings;
        this.tls = tls;
        componentServer = new ComponentServer(settings, port);
        clientServer = new ClientServer(settings, port);
        components = new Census(
                settings.components().maxConnections(), settings.components().maxPerSource());
        clients = new Census(
                settings.clients().maxConnections(), settings.clients().maxPerSource());
    }

    void addLoop(EventExecutor eventLoop) {
        loops.put(eventLoop, new WireLoop((EventLoop) eventLoop));
    }

    void useIdentity(XmppIdentity identity) {
        XmppTls before = tls;
        tls = new XmppTls(identity, settings.requireClientCertificate());
        // A connection that is being accepted right now may have taken the one before.
        var ignored = loops.keySet().iterator().next().schedule(before::release, RELEASE_SECONDS, TimeUnit.SECONDS);
    }

    /** No connection is accepted any more. */
    void release() {
        tls.release();
    }

    XmppListeners.Counts counts() {
        return new XmppListeners.Counts(components.count(), clients.count());
    }

    ChannelHandler initializer(Listener.Kind kind) {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                WireLoop loop = loops.get(channel.eventLoop());
                if (loop == null || !admitted(channel, isForComponents(kind) ? components : clients)) {
                    ChannelFuture ignored = channel.close();
                    return;
                }
                switch (kind) {
                    case COMPONENTS -> component(channel, loop, true);
                    case PLAIN_COMPONENTS -> component(channel, loop, false);
                    case WEB_SOCKET -> client(channel, loop, true, false);
                    case SECURE_WEB_SOCKET -> client(channel, loop, true, true);
                    case CLIENTS ->
                        channel.pipeline()
                                .addLast(new FirstByte(
                                        loop,
                                        System.nanoTime()
                                                + settings.clients()
                                                        .authenticationTimeout()
                                                        .toNanos(),
                                        encrypted -> client(channel, loop, false, encrypted)));
                }
            }
        };
    }

    static boolean isForComponents(Listener.Kind kind) {
        return kind == Listener.Kind.COMPONENTS || kind == Listener.Kind.PLAIN_COMPONENTS;
    }

    /** Ends all streams; those that could be resumed cannot any more. */
    void closeAll(StreamCondition condition, String text) {
        componentServer.all().forEach(component -> component.close(condition, text));
        clientServer.all().forEach(client -> client.close(condition, text));
        clientServer.resumableSessions().forEach(client -> client.close(condition, text));
    }

    private void component(Channel channel, WireLoop loop, boolean encrypted) {
        if (encrypted) {
            channel.pipeline().addLast(tls.component(channel.alloc()));
        }
        ComponentSocket component = new ComponentSocket(componentServer, loop, channel, Instant.now());
        componentServer.began(component);
        channel.pipeline().addLast(component);
    }

    private void client(Channel channel, WireLoop loop, boolean webSocket, boolean encrypted) {
        if (encrypted) {
            channel.pipeline().addLast(tls.client(channel.alloc()));
        }
        if (webSocket) {
            WebSocketUpgrade.addTo(
                    channel.pipeline(), settings.clients().limits().maxStanzaBytes());
        }
        ClientSocket client =
                new ClientSocket(clientServer, loop, channel, webSocket, encrypted, () -> tls.client(channel.alloc()));
        clientServer.began(client);
        channel.pipeline().addLast(client);
    }

    private static boolean admitted(Channel channel, Census census) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress peer)) {
            return false; // gone already
        }
        InetAddress address = peer.getAddress();
        if (!census.enter(address)) {
            return false;
        }
        channel.closeFuture().addListener(closed -> census.leave(address));
        return true;
    }
}
