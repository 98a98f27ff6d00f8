package io.convoke.media.udp;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One socket for each address, all with the same port: who is asked on an address answers from it, as some clients accept nothing else.
 *
 * @param port 0 for any that is free on all addresses
 * @param sendBufferBytes 0 for the system's default, likewise {@code receiveBufferBytes}
 */
public record UdpSockets(List<InetAddress> addresses, int port, int sendBufferBytes, int receiveBufferBytes) {
    /** Longest datagram taken in; sockets cut off what is longer. */
    public static final int MAX_DATAGRAM_BYTES = 2048;

    private static final int BATCH = 64;
    /** Sockets are bound one after the other; with "any port" the first one's may be taken on another address. */
    private static final int BIND_ATTEMPTS = 20;

    /** One event loop. The caller shuts the group down. */
    public static MultiThreadIoEventLoopGroup newGroup(String threadName) {
        IoHandlerFactory io = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        return new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(threadName, true), io);
    }

    /** The bound channels, in the order of the addresses, each with a handler of the caller's. On failure all are closed again. */
    public List<Channel> bind(EventLoop eventLoop, Function<Channel, ChannelHandler> handlers) throws IOException {
        for (int attempt = 1; ; attempt++) {
            List<Channel> channels = new ArrayList<>();
            try {
                int shared = port;
                for (InetAddress address : addresses) {
                    Channel channel = bind(eventLoop, new InetSocketAddress(address, shared), handlers);
                    channels.add(channel);
                    shared = ((InetSocketAddress) channel.localAddress()).getPort();
                }
                return channels;
            } catch (IOException e) {
                channels.forEach(channel -> channel.close().syncUninterruptibly());
                if (port != 0 || attempt == BIND_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private Channel bind(EventLoop eventLoop, InetSocketAddress address, Function<Channel, ChannelHandler> handlers)
            throws IOException {
        Bootstrap bootstrap = new Bootstrap()
                .group(eventLoop)
                // The adaptive allocator, Netty's default, does not pool buffers as large as a batch's.
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(8 << 20, 16 << 20))
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(handlers.apply(channel));
                    }
                });
        transport(bootstrap, address);
        if (sendBufferBytes > 0) {
            bootstrap.option(ChannelOption.SO_SNDBUF, sendBufferBytes);
        }
        if (receiveBufferBytes > 0) {
            bootstrap.option(ChannelOption.SO_RCVBUF, receiveBufferBytes);
        }
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            String cause = bound.cause().getMessage();
            throw new IOException("Expected to bind UDP " + address + ", but: " + cause, bound.cause());
        }
        return bound.channel();
    }

    private static void transport(Bootstrap bootstrap, InetSocketAddress address) {
        SocketProtocolFamily family =
                address.getAddress() instanceof Inet4Address ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6;
        if (Epoll.isAvailable()) {
            // One buffer takes a whole batch: recvmmsg puts each datagram into its own part of it.
            bootstrap
                    .channelFactory(() -> new EpollDatagramChannel(family))
                    .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, MAX_DATAGRAM_BYTES)
                    .option(
                            ChannelOption.RECVBUF_ALLOCATOR,
                            new FixedRecvByteBufAllocator(BATCH * MAX_DATAGRAM_BYTES).maxMessagesPerRead(BATCH));
        } else {
            bootstrap
                    .channelFactory(() -> new NioDatagramChannel(family))
                    .option(
                            ChannelOption.RECVBUF_ALLOCATOR,
                            new FixedRecvByteBufAllocator(MAX_DATAGRAM_BYTES).maxMessagesPerRead(BATCH));
        }
    }
}
