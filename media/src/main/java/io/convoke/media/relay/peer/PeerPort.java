package io.convoke.media.relay.peer;

import io.convoke.media.tcp.HalfClosure;
import io.convoke.media.tcp.TcpChannels;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A relayed TCP port: peers connect to it, and from it we connect to peers. On its event loop. */
public final class PeerPort {
    private static final int BACKLOG = 128;
    private static final WriteBufferWaterMark MARKS = new WriteBufferWaterMark(64 << 10, 128 << 10);

    private final EventLoop eventLoop;
    private final Channel listening;

    private PeerPort(EventLoop eventLoop, Channel listening) {
        this.eventLoop = eventLoop;
        this.listening = listening;
    }

    /**
     * Opens a port that nobody has.
     *
     * @param incoming takes each peer's connection, and closes it unless it is wanted. Nothing is read from it before it is joined
     * @throws IOException where the address cannot be bound
     */
    public static PeerPort open(EventLoop eventLoop, InetSocketAddress local, Consumer<PeerStream> incoming)
            throws IOException {
        InetSocketAddress free = TcpChannels.probe(local);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(eventLoop, eventLoop)
                .channelFactory(TcpChannels.servers(eventLoop))
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        options(channel);
                        HalfClosure.allow(channel);
                        PeerSocket socket = new PeerSocket(channel);
                        channel.pipeline().addLast(socket);
                        incoming.accept(socket);
                    }
                });
        TcpChannels.shareServerPort(bootstrap, eventLoop);
        Channel channel = bootstrap.register().channel(); // at once: this is the loop
        ChannelFuture bound = channel.bind(free);
        if (!bound.isSuccess()) {
            ChannelFuture ignored = channel.close();
            throw new IOException("Expected to bind TCP " + free + ", but it was refused", bound.cause());
        }
        return new PeerPort(eventLoop, channel);
    }

    public InetSocketAddress local() {
        return (InetSocketAddress) listening.localAddress();
    }

    /**
     * Connects to a peer.
     *
     * @param then told at once or later: the connection, from which nothing is read before it is joined, or null where there is none
     * @return ends the attempt, without a word
     */
    public Runnable connect(InetSocketAddress peer, int timeoutMillis, Consumer<@Nullable PeerStream> then) {
        SocketChannel channel = TcpChannels.client(eventLoop);
        options(channel);
        channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
        channel.config().setOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis);
        TcpChannels.sharePort(channel, eventLoop);
        PeerSocket socket = new PeerSocket(channel);
        ChannelFuture registered = eventLoop.register(channel);
        if (!registered.isSuccess()) {
            then.accept(null);
            return () -> {};
        }
        HalfClosure.allow(channel);
        channel.pipeline().addLast(socket);
        channel.connect(peer, local()).addListener(connected -> {
            if (connected.isSuccess()) {
                then.accept(socket);
            } else {
                ChannelFuture ignored = channel.close();
                then.accept(null);
            }
        });
        return socket::close;
    }

    /** Closes the port; connections stay. */
    public void close() {
        ChannelFuture ignored = listening.close();
    }

    private static void options(Channel channel) {
        channel.config().setAutoRead(false); // what comes before somebody takes it waits in the system's buffer
        channel.config().setAllocator(PooledByteBufAllocator.DEFAULT);
        channel.config().setWriteBufferWaterMark(MARKS);
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
    }
}
