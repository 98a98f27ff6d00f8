package io.convoke.media.xmpp;

import io.convoke.media.tcp.ServerTls;
import io.convoke.protocols.xmpp.StreamCondition;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * The XMPP server's ports and all connections of one node. Each port is bound for itself, so that one that is taken can be tried again while the others serve.
 * Thread-safe.
 */
public final class XmppListeners implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final WriteBufferWaterMark MARKS = new WriteBufferWaterMark(64 << 10, 256 << 10);
    private static final long CLOSE_SECONDS = 5;

    private final MultiThreadIoEventLoopGroup componentGroup;
    private final MultiThreadIoEventLoopGroup clientGroup;
    private final Acceptor acceptor;
    private final List<Channel> listening = new CopyOnWriteArrayList<>();

    /** How many there are: connections accepted, whether or not they have proved anything yet. */
    public record Counts(int components, int clients) {}

    /** Starts the event loops; no port is open before {@link #bind}. */
    public XmppListeners(XmppServerSettings settings, XmppIdentity identity, ServerPort port) {
        componentGroup = group(settings.components().threads(), "convoke-xmpp-components");
        clientGroup = group(settings.clients().threads(), "convoke-xmpp-clients");
        acceptor = new Acceptor(settings, new XmppTls(identity, settings.requireClientCertificate()), port);
        componentGroup.forEach(acceptor::addLoop);
        clientGroup.forEach(acceptor::addLoop);
    }

    /** {@code BoringSSL} or {@code JDK}: what speaks TLS here. */
    public static String tlsProvider() {
        return ServerTls.provider();
    }

    /**
     * Opens one port. The stage has the address that it got; it fails, with the system's words, where the address cannot be bound, and may be tried again.
     */
    public CompletionStage<InetSocketAddress> bind(Listener listener) {
        CompletableFuture<InetSocketAddress> bound = new CompletableFuture<>();
        boolean components = Acceptor.isForComponents(listener.kind());
        ServerBootstrap bootstrap =
                bootstrap(components ? componentGroup : clientGroup, acceptor.initializer(listener.kind()));
        bootstrap.bind(listener.address()).addListener((ChannelFuture done) -> {
            if (done.isSuccess()) {
                listening.add(done.channel());
                bound.complete((InetSocketAddress) done.channel().localAddress());
            } else {
                bound.completeExceptionally(done.cause());
            }
        });
        return bound;
    }

    /** Further connections are shown this identity. Throws {@link IllegalArgumentException} where TLS cannot be spoken with it. */
    public void useIdentity(XmppIdentity identity) {
        acceptor.useIdentity(identity);
    }

    public Counts counts() {
        return acceptor.counts();
    }

    /** Closes the ports, tells every peer that the server goes, and ends the event loops; waits a few seconds at most. */
    @Override
    public void close() {
        for (Channel port : listening) {
            ChannelFuture ignored = port.close();
        }
        acceptor.closeAll(StreamCondition.SYSTEM_SHUTDOWN, "The server stops");
        try {
            Future<?> componentsDone = end(componentGroup);
            Future<?> clientsDone = end(clientGroup);
            componentsDone.await(CLOSE_SECONDS + 1, TimeUnit.SECONDS);
            clientsDone.await(CLOSE_SECONDS + 1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        acceptor.release();
    }

    private static Future<?> end(MultiThreadIoEventLoopGroup group) {
        return group.shutdownGracefully(100, TimeUnit.SECONDS.toMillis(CLOSE_SECONDS), TimeUnit.MILLISECONDS);
    }

    private static ServerBootstrap bootstrap(MultiThreadIoEventLoopGroup group, ChannelHandler connections) {
        Class<? extends ServerChannel> type =
                Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        return new ServerBootstrap()
                .group(group)
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, MARKS)
                .childHandler(connections);
    }

    private static MultiThreadIoEventLoopGroup group(int threads, String name) {
        IoHandlerFactory io = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory(name, true), io);
    }
}
