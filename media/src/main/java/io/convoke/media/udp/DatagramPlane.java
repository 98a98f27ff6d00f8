package io.convoke.media.udp;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The UDP sockets of one event loop, for many packets each second: what comes in lies in direct memory and is sent on from there, what is sent
 * waits until the end of the loop's iteration, and then leaves sorted by socket and destination in as few system calls as there can be. In
 * the steady state nothing is allocated for a packet. Errors of sockets drop packets, are counted, and stop nothing. Used on its event loop
 * only, apart from the static methods.
 */
public final class DatagramPlane implements AutoCloseable {
    /** Longest datagram over IPv4. */
    public static final int MAX_DATAGRAM_BYTES = 65_507;

    /** Room before each datagram received. */
    public static final int HEADROOM_BYTES = PacketMemory.HEADROOM_BYTES;

    /** Kept for copies when datagrams are received. */
    private static final int COPY_SLOTS = 4;

    private final IoEventLoop eventLoop;
    private final PacketMemory memory = new PacketMemory();
    private final SendQueue queue = new SendQueue();
    private final Tally tally = new Tally();
    private final Runnable flushing = this::endIteration;
    private final Runnable iterationEnd;
    private final Set<OpenPort> ports = new LinkedHashSet<>();
    private final @Nullable EpollWork epoll;
    private @Nullable OpenPort firstActive;
    private @Nullable OpenPort lastActive;
    private boolean flushDue;
    private boolean receiving;

    /** Without anything to do at an iteration's end. */
    public DatagramPlane(IoEventLoop eventLoop) {
        this(eventLoop, () -> {});
    }

    /**
     * On that event loop's thread. The loop is of {@link #io}, or of another factory for epoll or NIO.
     *
     * @param iterationEnd called before datagrams leave at the end of an iteration in which some came or were queued
     */
    public DatagramPlane(IoEventLoop eventLoop, Runnable iterationEnd) {
        this.eventLoop = eventLoop;
        this.iterationEnd = iterationEnd;
        epoll = eventLoop.isCompatible(EpollIoHandle.class) ? new EpollWork(memory, queue, tally) : null;
    }

    /** For event loops with the fastest sockets there are here: epoll, or else NIO. */
    public static IoHandlerFactory io() {
        return hasEpoll() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }

    /** Whether epoll can be used, with Netty's calls for many datagrams at once. */
    public static boolean hasEpoll() {
        return Epoll.isAvailable() && EpollWork.isPossible();
    }

    /**
     * Opens a socket; what it receives goes to {@code receiver}.
     *
     * @throws java.net.BindException if the port is in use
     */
    public DatagramPort bind(InetSocketAddress address, PortOptions options, DatagramReceiver receiver)
            throws IOException {
        PortSocket socket = epoll != null
                ? EpollSocket.bind(address, options, epoll, this)
                : NioSocket.bind(address, options, this);
        OpenPort port = new OpenPort(this, receiver, socket);
        try {
            socket.start(port, eventLoop);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        ports.add(port);
        return port;
    }

    /** Where all datagrams lie, most significant byte first. */
    public ByteBuffer memory() {
        return memory.bytes;
    }

    /**
     * Room for a datagram that is to be sent, with headroom before it: an offset into {@link #memory}. To be queued before anything else is
     * done with the plane.
     *
     * @param length at most {@link #MAX_DATAGRAM_BYTES}
     */
    public int reserve(int length) {
        if (queue.isFull()) {
            flush(); // now, as it would free what is reserved
        }
        int offset = memory.reserve(length);
        if (offset < 0) {
            flush();
            offset = memory.reserve(length);
            if (offset < 0) {
                throw new IllegalStateException("Expected room after sending everything, but found none");
            }
        }
        flushLater();
        return offset;
    }

    /** Sends what is queued. */
    public void flush() {
        for (OpenPort port = firstActive; port != null; ) {
            OpenPort next = port.nextActive;
            port.flush();
            port.nextActive = null;
            port = next;
        }
        firstActive = null;
        lastActive = null;
        queue.clear();
        memory.freeCopies();
        if (!receiving) {
            memory.freeReceived();
        }
    }

    /** The counts of this moment. */
    public PlaneCounters counters() {
        return tally.counters();
    }

    /** Open ports. */
    public int openPorts() {
        return ports.size();
    }

    /** Closes all ports. */
    @Override
    public void close() {
        List.copyOf(ports).forEach(OpenPort::close);
    }

    /** Slots to receive into, at least one. */
    int beginReceiving(int wanted) {
        if (memory.free() - COPY_SLOTS < Math.min(wanted, PacketMemory.SLOTS / 4)) {
            flush();
        }
        receiving = true;
        flushLater();
        return Math.min(wanted, memory.free() - COPY_SLOTS);
    }

    void endReceiving() {
        receiving = false;
    }

    PacketMemory packets() {
        return memory;
    }

    Tally tally() {
        return tally;
    }

    SendQueue queueWithRoom() {
        if (queue.isFull()) {
            flush();
        }
        flushLater();
        return queue;
    }

    SendQueue queue() {
        return queue;
    }

    void activate(OpenPort port) {
        if (lastActive == null) {
            firstActive = port;
        } else {
            lastActive.nextActive = port;
        }
        lastActive = port;
    }

    void dropped(int datagrams) {
        tally.dropped += datagrams;
    }

    void closed(OpenPort port) {
        ports.remove(port);
    }

    private void endIteration() {
        flushDue = false;
        iterationEnd.run();
        flush();
    }

    private void flushLater() {
        if (!flushDue) {
            flushDue = true;
            eventLoop.execute(flushing);
        }
    }
}
