package io.convoke.media.udp;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;

/**
 * Datagrams of one event loop that are sent, come back, and are sent again, each with a direct buffer of its own: in the steady state sending
 * allocates nothing. Touched on that event loop only; Netty releases there what it has sent.
 */
public final class OutgoingDatagrams implements AutoCloseable {
    /** Longest datagram: one that was taken in, and what SRTP puts behind it. */
    public static final int MAX_BYTES = UdpSockets.MAX_DATAGRAM_BYTES + 64;

    /** Kept when idle, some 8 MB: the packets that a full batch of received ones becomes in a large conference. */
    private static final int MOST_IDLE = 4096;

    private final ByteBufAllocator allocator;
    private final ArrayDeque<OutgoingDatagram> idle = new ArrayDeque<>();
    private boolean closed;

    /** Buffers come from {@code allocator} and go back to it on {@link #close}. */
    public OutgoingDatagrams(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /**
     * A datagram with a copy of {@code bytes[0, length)}. It is the caller's, who writes it to a channel, which releases it.
     *
     * @throws IllegalArgumentException if it is longer than {@link #MAX_BYTES}
     */
    public DatagramPacket of(byte[] bytes, int length, InetSocketAddress to) {
        if (length > MAX_BYTES) {
            throw new IllegalArgumentException("Expected at most " + MAX_BYTES + " bytes, but found " + length);
        }
        // The one sent last: its buffer is still in the processor's cache.
        OutgoingDatagram datagram = idle.pollLast();
        if (datagram == null) {
            datagram = new OutgoingDatagram(this, allocator.directBuffer(MAX_BYTES, MAX_BYTES), to);
        }
        datagram.fill(bytes, length, to);
        return datagram;
    }

    void sent(OutgoingDatagram datagram) {
        if (closed || idle.size() == MOST_IDLE) {
            datagram.free();
        } else {
            idle.addLast(datagram);
        }
    }

    /** Frees what is idle, and from then on each datagram that comes back. */
    @Override
    public void close() {
        closed = true;
        idle.forEach(OutgoingDatagram::free);
        idle.clear();
    }
}
