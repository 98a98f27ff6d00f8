package io.convoke.media.relay.stream;

import io.convoke.media.tcp.Census;
import io.convoke.media.tcp.TcpChannels;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The relay's ports for TCP and TLS, and all connections to them. With epoll each event loop has a socket of its own on each port, and the kernel spreads the
 * connections; otherwise one accepts for all. Thread-safe, but not to be used on the event loops.
 */
public final class StreamPorts implements AutoCloseable {
    private static final int BACKLOG = 4096;

    private final EventLoopGroup group;
    private final StreamLimits limits;
    private final @Nullable StreamTls tls;
    private final StreamCounters counters = new StreamCounters();
    private final Census census;
    private final AtomicInteger handshaking = new AtomicInteger();
    private final IdentityHashMap<EventExecutor, StreamLoop> loops = new IdentityHashMap<>();
    private final List<Channel> listening = new CopyOnWriteArrayList<>();

    /**
     * Opens nothing yet.
     *
     * @param group its event loops are the caller's to end, after {@link #close}
     * @param openings for each event loop, who is told of its connections
     * @param tls null where no port is to speak TLS; released by {@link #close}
     */
    public StreamPorts(
            EventLoopGroup group,
            StreamLimits limits,
            @Nullable StreamTls tls,
            Function<EventLoop, StreamUser.Opening> openings) {
        this.group = group;
        this.limits = limits;
        this.tls = tls;
        census = new Census(limits.maxConnections(), limits.maxPerSource());
        for (EventExecutor executor : group) {
            EventLoop eventLoop = (EventLoop) executor;
            loops.put(eventLoop, new StreamLoop(eventLoop, limits, openings.apply(eventLoop), counters));
        }
    }

    /** Makes tickets for resuming TLS with another key; to be called about twice a day, by one thread at a time. */
    public void renewTicketKey() {
        if (tls != null) {
            tls.renewTicketKey();
        }
    }

    /**
     * Opens one port.
     *
     * @param listener a number for {@link StreamConnection#listener}
     * @param address with port 0 for any that is free
     * @return the address that it got
     * @throws IOException where it cannot be bound; others stay open
     */
    public InetSocketAddress bind(int listener, InetSocketAddress address, boolean encrypted) throws IOException {
        if (encrypted && tls == null) {
            throw new IllegalStateException(
                    "Expected a certificate for the TLS port " + address + ", but there is none");
        }
        List<EventLoop> acceptors = TcpChannels.acceptors(group);
        boolean shared = acceptors.size() > 1 || TcpChannels.isEpoll(acceptors.get(0));
        InetSocketAddress free = shared ? TcpChannels.probe(address) : address;
        List<Channel> bound = new ArrayList<>();
        try {
            for (EventLoop acceptor : acceptors) {
                bound.add(bind(bootstrap(acceptor, listener, encrypted), free));
            }
        } catch (IOException e) {
            bound.forEach(channel -> channel.close().syncUninterruptibly());
            throw e;
        }
        listening.addAll(bound);
        return (InetSocketAddress) bound.get(0).localAddress();
    }

    public StreamCounters.Snapshot counters() {
        return counters.snapshot();
    }

    /** Connections there are, TLS handshakes among them. */
    public int connections() {
        return census.count();
    }

    /** Closes the ports and all connections; those are gone when the loops have done what they were given. */
    @Override
    public void close() {
        for (Channel port : listening) {
            port.close().syncUninterruptibly();
        }
        for (StreamLoop loop : loops.values()) {
            loop.eventLoop().submit(loop::end).syncUninterruptibly();
        }
        if (tls != null) {
            tls.release();
        }
    }

    private static Channel bind(ServerBootstrap bootstrap, InetSocketAddress address) throws IOException {
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "Expected to bind TCP " + address + ", but: "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        return bound.channel();
    }

    private ServerBootstrap bootstrap(EventLoop acceptor, int listener, boolean encrypted) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .channelFactory(TcpChannels.servers(acceptor))
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(limits.maxQueuedBytes() / 4, limits.maxQueuedBytes() / 2))
                .childHandler(new StreamAcceptor(this, listener, encrypted ? tls : null));
        if (TcpChannels.isEpoll(acceptor)) {
            return bootstrap
                    .group(acceptor)
                    .option(EpollChannelOption.SO_REUSEPORT, true)
                    .childOption(EpollChannelOption.TCP_USER_TIMEOUT, (int)
                            limits.stallTimeout().toMillis());
        }
        return bootstrap.group(acceptor, group);
    }

    @Nullable
    StreamLoop loop(Channel channel) {
        return loops.get(channel.eventLoop());
    }

    Census census() {
        return census;
    }

    StreamLimits limits() {
        return limits;
    }

    StreamCounters counts() {
        return counters;
    }

    AtomicInteger handshaking() {
        return handshaking;
    }
}
