package io.convoke.media.udp;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A socket on epoll, without a channel around it. */
final class EpollSocket implements PortSocket, EpollIoHandle {
    private static final Logger LOG = LoggerFactory.getLogger(EpollSocket.class);

    private final LinuxSocket socket;
    private final boolean ipv6;
    private final boolean segmented;
    private final ReceiveMode mode;
    private final InetSocketAddress local;
    private final EpollWork work;
    private final DatagramPlane plane;
    private @Nullable OpenPort port;
    private @Nullable IoRegistration registration;
    private int bursts;

    private EpollSocket(LinuxSocket socket, PortOptions options, EpollWork work, DatagramPlane plane) {
        this.socket = socket;
        this.work = work;
        this.plane = plane;
        local = socket.localAddress();
        ipv6 = local.getAddress() instanceof Inet6Address;
        segmented = options.segmented();
        mode = new ReceiveMode(options.joined() && LinuxSockets.joined(socket, true));
    }

    static EpollSocket bind(InetSocketAddress address, PortOptions options, EpollWork work, DatagramPlane plane)
            throws IOException {
        return new EpollSocket(LinuxSockets.bind(address, options), options, work, plane);
    }

    @Override
    public void start(OpenPort openPort, IoEventLoop eventLoop) throws IOException {
        port = openPort;
        Future<IoRegistration> registering = eventLoop.register(this); // done, as this is the loop's thread
        if (!registering.isSuccess()) {
            throw new IOException("Expected epoll to take the socket, but it did not", registering.cause());
        }
        registration = registering.getNow();
        registration.submit(EpollIoOps.EPOLLIN);
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public boolean gathers() {
        return true;
    }

    @Override
    public FileDescriptor fd() {
        return socket;
    }

    @Override
    public void handle(IoRegistration from, IoEvent event) {
        OpenPort to = port;
        if (to == null || to.isClosed()) {
            return;
        }
        int most = plane.beginReceiving(mode.batch());
        bursts = 0;
        try {
            int got = mode.oneByOne() ? receiveOneByOne(to, most) : receiveMany(to, most);
            if (mode.read(most, got, bursts)) {
                LinuxSockets.joined(socket, mode.isJoined());
            }
        } catch (RuntimeException e) {
            LOG.error("A datagram met a bug", e); // the loop goes on
        } finally {
            plane.endReceiving();
        }
    }

    /** With a call for each message, as only this one tells the segments' length. */
    private int receiveOneByOne(OpenPort to, int most) {
        int got = 0;
        while (got < most && !to.isClosed() && plane.packets().free() > 0) {
            int slot = plane.packets().firstFree();
            int length = work.incoming.receiveOne(socket.intValue(), ipv6, slot);
            if (length < 0) {
                break; // nothing there; or an error, which the call has cleared
            }
            plane.packets().take(1);
            deliver(to, slot);
            got++;
        }
        return got;
    }

    private int receiveMany(OpenPort to, int most) {
        int first = plane.packets().firstFree();
        int got = work.incoming.receive(socket.intValue(), ipv6, first, most);
        if (got <= 0) {
            return 0;
        }
        plane.packets().take(got);
        for (int slot = first; slot < first + got; slot++) {
            deliver(to, slot);
        }
        return got;
    }

    private void deliver(OpenPort to, int slot) {
        NativePackets packets = work.incoming;
        int length = packets.length(slot);
        int segment = packets.segment(slot);
        packets.again(slot);
        plane.tally().receivedMessages++;
        if (segment == 0 || segment >= length) {
            plane.tally().receivedDatagrams++;
        } else {
            plane.tally().receivedDatagrams += (length + segment - 1) / segment;
            bursts++;
        }
        if (to.isClosed()) {
            return; // by what came before it
        }
        to.received(
                packets.senderHigh(slot),
                packets.senderLow(slot),
                packets.senderPort(slot),
                PacketMemory.offset(slot),
                length,
                segment == 0 ? length : segment);
    }

    @Override
    public void send(DatagramFlow first) {
        work.outgoing.send(socket.intValue(), ipv6, segmented, first);
    }

    @Override
    public boolean sendUnfragmented(DatagramFlow flow, int offset, int length) {
        try {
            LinuxSockets.fragmented(socket, ipv6, false);
            try {
                InetSocketAddress to = flow.socketAddress();
                return socket.sendTo(plane.memory(), offset, offset + length, to.getAddress(), to.getPort()) == length;
            } finally {
                LinuxSockets.fragmented(socket, ipv6, true);
            }
        } catch (IOException e) {
            return false; // too long, most of the time
        }
    }

    @Override
    public void close() {
        if (registration != null) {
            registration.cancel();
        }
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("Closing a socket failed", e);
        }
    }
}
