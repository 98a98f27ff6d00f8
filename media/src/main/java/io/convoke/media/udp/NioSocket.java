package io.convoke.media.udp;

import io.convoke.protocols.turn.TransportAddress;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoOps;
import io.netty.channel.nio.NioSelectableChannelIoHandle;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A socket on NIO: one system call for each datagram, everywhere. */
final class NioSocket implements PortSocket {
    private static final Logger LOG = LoggerFactory.getLogger(NioSocket.class);
    private static final int MOST_MESSAGES = 16;

    private final DatagramChannel channel;
    private final DatagramPlane plane;
    private final InetSocketAddress local;
    private final ByteBuffer view;
    private @Nullable IoRegistration registration;

    private NioSocket(DatagramChannel channel, DatagramPlane plane) throws IOException {
        this.channel = channel;
        this.plane = plane;
        local = (InetSocketAddress) channel.getLocalAddress();
        view = plane.memory().duplicate();
    }

    static NioSocket bind(InetSocketAddress address, PortOptions options, DatagramPlane plane) throws IOException {
        boolean ipv6 = address.getAddress() instanceof Inet6Address;
        DatagramChannel channel =
                DatagramChannel.open(ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        try {
            channel.configureBlocking(false);
            if (options.reusePort() && channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            if (options.sendBufferBytes() > 0) {
                channel.setOption(StandardSocketOptions.SO_SNDBUF, options.sendBufferBytes());
            }
            if (options.receiveBufferBytes() > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBufferBytes());
            }
            return new NioSocket(channel.bind(address), plane);
        } catch (IOException | RuntimeException e) {
            channel.close();
            if (e instanceof BindException) {
                throw e;
            }
            throw new IOException("Expected to bind UDP " + address + ", but: " + e.getMessage(), e);
        }
    }

    @Override
    public void start(OpenPort openPort, IoEventLoop eventLoop) throws IOException {
        Future<IoRegistration> registering = eventLoop.register(new NioSelectableChannelIoHandle<>(channel) {
            @Override
            protected void handle(DatagramChannel readable, SelectionKey key) {
                receive(openPort);
            }
        });
        if (!registering.isSuccess()) {
            throw new IOException("Expected the selector to take the socket, but it did not", registering.cause());
        }
        registration = registering.getNow();
        registration.submit(NioIoOps.READ);
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public boolean gathers() {
        return false;
    }

    private void receive(OpenPort to) {
        int most = plane.beginReceiving(MOST_MESSAGES);
        try {
            for (int i = 0; i < most && !to.isClosed() && plane.packets().free() > 0; i++) {
                int offset = PacketMemory.offset(plane.packets().firstFree());
                view.clear().position(offset).limit(offset + PacketMemory.LONGEST_BYTES);
                InetSocketAddress sender = (InetSocketAddress) channel.receive(view);
                if (sender == null) {
                    return;
                }
                plane.packets().take(1);
                deliver(to, sender, offset, view.position() - offset);
            }
        } catch (IOException e) {
            LOG.trace("Receiving failed", e); // nobody to tell
        } catch (RuntimeException e) {
            LOG.error("A datagram met a bug", e); // the loop goes on
        } finally {
            plane.endReceiving();
        }
    }

    private void deliver(OpenPort to, InetSocketAddress sender, int offset, int length) {
        plane.tally().receivedMessages++;
        plane.tally().receivedDatagrams++;
        InetAddress ip = sender.getAddress();
        to.received(TransportAddress.high(ip), TransportAddress.low(ip), sender.getPort(), offset, length, length);
    }

    @Override
    public void send(DatagramFlow first) {
        SendQueue queue = plane.queue();
        for (DatagramFlow flow = first; flow != null; flow = flow.nextActive) {
            for (int piece = flow.head; piece != DatagramFlow.NONE; piece = queue.next(piece)) {
                if (send(flow, queue.offset(piece), queue.length(piece))) {
                    plane.tally().sentMessages++;
                    plane.tally().sentDatagrams++;
                } else {
                    plane.dropped(1);
                }
            }
        }
    }

    private boolean send(DatagramFlow flow, int offset, int length) {
        view.clear().position(offset).limit(offset + length);
        try {
            return channel.send(view, flow.socketAddress()) == length && !view.hasRemaining();
        } catch (IOException | RuntimeException e) {
            LOG.trace("Sending failed", e); // unreachable, forbidden or too long
            return false;
        }
    }

    /** NIO of Java 17 cannot forbid fragments. */
    @Override
    public boolean sendUnfragmented(DatagramFlow flow, int offset, int length) {
        return false;
    }

    @Override
    public void close() {
        if (registration != null) {
            registration.cancel();
        }
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("Closing a socket failed", e);
        }
    }
}
