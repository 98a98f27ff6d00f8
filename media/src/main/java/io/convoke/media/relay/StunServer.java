package io.convoke.media.relay;

import io.convoke.media.udp.UdpSockets;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running STUN server on an event loop of its own. Thread-safe. */
public final class StunServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StunServer.class);

    private final MultiThreadIoEventLoopGroup group;
    private final List<Channel> channels;
    private final List<InetSocketAddress> listeners;
    private final StunHandler handler;

    private StunServer(MultiThreadIoEventLoopGroup group, List<Channel> channels, StunHandler handler) {
        this.group = group;
        this.channels = channels;
        this.handler = handler;
        listeners = channels.stream()
                .map(channel -> (InetSocketAddress) channel.localAddress())
                .toList();
    }

    /**
     * Binds every address with the same port, 0 for any. Throws when one cannot be bound; nothing stays open then.
     *
     * @param maxPerSourcePerSecond requests answered to one source address each second
     */
    public static StunServer start(List<InetAddress> addresses, int port, int maxPerSourcePerSecond)
            throws IOException {
        MultiThreadIoEventLoopGroup group = UdpSockets.newGroup("convoke-stun");
        try {
            EventLoop eventLoop = group.next();
            int seed = new SecureRandom().nextInt();
            StunHandler handler = new StunHandler(new SourceLimiter(maxPerSourcePerSecond, seed));
            List<Channel> channels =
                    new UdpSockets(List.copyOf(addresses), port, 0, 0).bind(eventLoop, channel -> handler);
            return new StunServer(group, channels, handler);
        } catch (IOException | RuntimeException e) {
            Future<?> ignored = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw e;
        }
    }

    /** Where it listens. */
    public List<InetSocketAddress> listeners() {
        return listeners;
    }

    /** The counts of this moment. */
    public RelayCounters counters() {
        return handler.counters();
    }

    /** Closes the sockets and the thread, and waits for it. */
    @Override
    public void close() {
        try {
            for (Channel channel : channels) {
                channel.close().await();
            }
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).await();
        } catch (InterruptedException e) {
            LOG.warn("Interrupted while closing the STUN server");
            Thread.currentThread().interrupt();
        }
    }
}
