package io.convoke.media.sfu;

import io.convoke.media.udp.UdpSockets;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running selective forwarding unit: its sockets, its event loop and its handshake threads. Thread-safe. */
public final class Sfu implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sfu.class);

    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop eventLoop;
    private final SfuLoop loop;
    private final List<MediaSocket> sockets;

    private Sfu(MultiThreadIoEventLoopGroup group, EventLoop eventLoop, SfuLoop loop, List<MediaSocket> sockets) {
        this.group = group;
        this.eventLoop = eventLoop;
        this.loop = loop;
        this.sockets = sockets;
    }

    /** Binds every address of the settings. Throws when a socket cannot be bound; nothing stays open then. */
    public static Sfu start(SfuSettings settings) throws IOException {
        MultiThreadIoEventLoopGroup group = UdpSockets.newGroup("convoke-media");
        try {
            EventLoop eventLoop = group.next();
            SfuLoop loop = new SfuLoop(settings, eventLoop);
            UdpSockets udp = new UdpSockets(
                    settings.addresses(), settings.port(), settings.sendBufferBytes(), settings.receiveBufferBytes());
            List<MediaSocket> sockets = udp.bind(eventLoop, channel -> new MediaSocket(loop, channel)).stream()
                    .map(channel -> channel.pipeline().get(MediaSocket.class))
                    .toList();
            int port = sockets.get(0).local().getPort();
            List<String> candidates = Candidates.lines(settings, port);
            eventLoop.submit(() -> loop.listensOn(sockets, candidates)).syncUninterruptibly();
            return new Sfu(group, eventLoop, loop, sockets);
        } catch (IOException | RuntimeException e) {
            Future<?> ignored = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw e;
        }
    }

    /** The UDP port that all sockets share. */
    public int port() {
        return sockets.get(0).local().getPort();
    }

    /** Where it listens. */
    public List<InetSocketAddress> localAddresses() {
        return sockets.stream().map(MediaSocket::local).toList();
    }

    /** A conference without sessions; its identifier is only a name. */
    public SfuConference openConference(UUID mediaGuid) {
        Conference conference = new Conference(loop, mediaGuid);
        loop.execute(null, null, () -> loop.add(conference));
        return conference;
    }

    /** The counters of this moment. Waits for the event loop's answer. */
    public SfuStats stats() {
        if (eventLoop.inEventLoop()) {
            return loop.stats();
        }
        try {
            return eventLoop.submit(loop::stats).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Expected the counters, but the event loop failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the counters", e);
        }
    }

    /** Closes every conference, the sockets and the threads, and waits for it. */
    @Override
    public void close() {
        if (group.isShuttingDown()) {
            return;
        }
        try {
            eventLoop.submit(loop::closeAll).await();
            loop.handshakes().close();
            for (MediaSocket socket : sockets) {
                socket.channel().close().await();
            }
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).await();
        } catch (InterruptedException e) {
            LOG.warn("Interrupted while closing the forwarding unit");
            Thread.currentThread().interrupt();
        }
    }
}
