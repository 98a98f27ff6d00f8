package io.convoke.media.xmpp.dial;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** Opens connections to XMPP servers. Safe from any thread. Whoever made it closes it. */
public final class StreamDialer implements AutoCloseable {
    private static final long QUIET_MILLIS = 0;
    private static final long STOP_MILLIS = 2_000;

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("xmpp-dial", true), NioIoHandler.newFactory());
    private final int maxPendingBytes;

    /** @param maxPendingBytes what may wait for a server that does not read */
    public StreamDialer(int maxPendingBytes) {
        this.maxPendingBytes = maxPendingBytes;
    }

    /** Begins; the listener hears what becomes of it. There is no bound on time here: close what takes too long. */
    public Dialled open(InetAddress address, int port, DialListener listener) {
        DialledChannel dialled = new DialledChannel(listener, maxPendingBytes);
        ChannelFuture connecting = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(dialled.handler());
                    }
                })
                .connect(new InetSocketAddress(address, port));
        dialled.follow(connecting);
        return dialled;
    }

    @Override
    public void close() {
        Future<?> ignored = loops.shutdownGracefully(QUIET_MILLIS, STOP_MILLIS, TimeUnit.MILLISECONDS);
    }
}
