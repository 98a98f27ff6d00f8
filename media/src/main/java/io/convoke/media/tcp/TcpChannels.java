package io.convoke.media.tcp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;

/** Which TCP channels an event loop can have. */
public final class TcpChannels {
    /** Of Linux: SOL_SOCKET and SO_REUSEPORT, for which a client's channel has no option. */
    private static final IntegerUnixChannelOption REUSE_PORT = new IntegerUnixChannelOption("SO_REUSEPORT", 1, 15);

    private TcpChannels() {}

    public static boolean isEpoll(EventLoop eventLoop) {
        return eventLoop instanceof IoEventLoop loop && loop.isIoType(EpollIoHandler.class);
    }

    public static ChannelFactory<ServerChannel> servers(EventLoop eventLoop) {
        return isEpoll(eventLoop) ? EpollServerSocketChannel::new : NioServerSocketChannel::new;
    }

    public static SocketChannel client(EventLoop eventLoop) {
        return isEpoll(eventLoop) ? new EpollSocketChannel() : new NioSocketChannel();
    }

    /** Lets the sockets of a bootstrap share their port with others of this user's. */
    public static void shareServerPort(ServerBootstrap bootstrap, EventLoop eventLoop) {
        if (isEpoll(eventLoop)) {
            bootstrap.option(EpollChannelOption.SO_REUSEPORT, true);
        } else {
            bootstrap.option(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true);
        }
    }

    /** Lets a socket share its port, before it is bound. */
    public static void sharePort(SocketChannel channel, EventLoop eventLoop) {
        if (isEpoll(eventLoop)) {
            channel.config().setOption(REUSE_PORT, 1);
        } else {
            channel.config().setOption(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true);
        }
    }

    /** The event loops that are to have a listening socket: all where they can share a port, the first otherwise. */
    public static List<EventLoop> acceptors(EventLoopGroup group) {
        List<EventLoop> all = new ArrayList<>();
        for (EventExecutor executor : group) {
            all.add((EventLoop) executor);
        }
        return isEpoll(all.get(0)) ? all : all.subList(0, 1);
    }

    /**
     * Makes sure that nobody listens there. Sockets that may share a port would share it with another program's, too, and nobody would notice.
     *
     * @return the address, with a port that is free where it had none
     */
    public static InetSocketAddress probe(InetSocketAddress address) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            return (InetSocketAddress) socket.getLocalSocketAddress();
        } catch (IOException e) {
            throw new IOException("Expected to bind TCP " + address + ", but: " + e.getMessage(), e);
        }
    }
}
