package io.convoke.media.udp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * One destination of one port, and what waits for it during an iteration of the event loop. Order is kept within a flow, and only there. Used on
 * the port's event loop only.
 */
public final class DatagramFlow {
    static final int NONE = -1;
    private static final int IPV6_BYTES = 16;

    final OpenPort port;
    /** IPv4 as its mapped IPv6 form. */
    final byte[] address;

    final int remotePort;
    /** Longest datagram that the way there takes as a segment of many. */
    int longestSegment = Integer.MAX_VALUE;

    /** The first queued piece of the plane's {@link SendQueue}, or {@link #NONE}. */
    int head = NONE;

    int tail = NONE;
    /** The port's next flow with something queued. */
    @Nullable
    DatagramFlow nextActive;

    private @Nullable InetSocketAddress socketAddress;

    DatagramFlow(OpenPort port, long high, long low, int remotePort) {
        this.port = port;
        this.remotePort = remotePort;
        address = new byte[IPV6_BYTES];
        for (int i = 0; i < Long.BYTES; i++) {
            address[i] = (byte) (high >>> (56 - 8 * i));
            address[Long.BYTES + i] = (byte) (low >>> (56 - 8 * i));
        }
    }

    /** Queues {@code memory[offset, offset + length)}, which stays as it is until the plane is flushed. Nothing happens once the port is closed. */
    public void send(int offset, int length) {
        port.queue(this, 0, offset, length);
    }

    /** Likewise, with four bytes before it, most significant first. They are not 0. */
    public void send(int header, int offset, int length) {
        port.queue(this, header, offset, length);
    }

    /** Queues a copy. Longer ones than {@link DatagramPlane#MAX_DATAGRAM_BYTES} are dropped. */
    public void sendCopy(byte[] bytes, int offset, int length) {
        port.queueCopy(this, bytes, offset, length);
    }

    InetSocketAddress socketAddress() {
        InetSocketAddress known = socketAddress;
        if (known == null) {
            try {
                // The JDK turns the mapped form into IPv4.
                known = new InetSocketAddress(InetAddress.getByAddress(address), remotePort);
            } catch (UnknownHostException e) {
                throw new IllegalStateException("Expected sixteen bytes", e);
            }
            socketAddress = known;
        }
        return known;
    }
}
