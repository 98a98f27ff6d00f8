package io.convoke.media.udp;

import io.netty.channel.unix.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Makes few messages of a port's queued pieces, and sends them with few calls: datagrams of one length to one destination become one message
 * with UDP_SEGMENT, whose last datagram may be shorter. Not thread-safe.
 */
final class OutgoingMessages {
    /** UDP_MAX_SEGMENTS of older kernels. */
    private static final int MOST_SEGMENTS = 64;

    private static final int MESSAGES = 128;
    private static final int IOVECS = 2048;
    private static final int IOVEC_BYTES = 16;

    private static final int EIO = -5;
    private static final int EAGAIN = -11;
    private static final int EINVAL = -22;
    private static final int EMSGSIZE = -90;
    private static final int ECONNREFUSED = -111;

    private final NativePackets packets = new NativePackets(MESSAGES);
    private final @Nullable DatagramFlow[] flows = new @Nullable DatagramFlow[MESSAGES];
    private final int[] firstPieces = new int[MESSAGES];
    private final int[] firstIovecs = new int[MESSAGES];
    private final int[] datagrams = new int[MESSAGES];
    private final ByteBuffer iovecs =
            ByteBuffer.allocateDirect(IOVECS * IOVEC_BYTES).order(ByteOrder.nativeOrder());
    private final long iovecAddress = Buffer.memoryAddress(iovecs);
    private final ByteBuffer headers = ByteBuffer.allocateDirect(IOVECS * SendQueue.HEADER_BYTES);
    private final long headerAddress = Buffer.memoryAddress(headers);
    private final long memoryAddress;
    private final SendQueue queue;
    private final Tally tally;
    private int messages;
    private int iovecCount;
    private int headerCount;

    OutgoingMessages(long memoryAddress, SendQueue queue, Tally tally) {
        this.memoryAddress = memoryAddress;
        this.queue = queue;
        this.tally = tally;
    }

    /** Sends what is queued for these flows of one socket. */
    void send(int fd, boolean ipv6, boolean segmented, DatagramFlow first) {
        for (DatagramFlow flow = first; flow != null; flow = flow.nextActive) {
            int piece = flow.head;
            while (piece != DatagramFlow.NONE) {
                if (messages == MESSAGES || iovecCount > IOVECS - 2 * MOST_SEGMENTS) {
                    transmit(fd, ipv6);
                }
                piece = add(flow, piece, segmented);
            }
        }
        transmit(fd, ipv6);
    }

    /** One message of that piece and as many behind it as belong to it; returns the first one that does not. */
    private int add(DatagramFlow flow, int first, boolean segmented) {
        int segment = queue.total(first);
        int firstIovec = iovecCount;
        int count = 1;
        int bytes = segment;
        put(first);
        int piece = queue.next(first);
        if (segmented && segment > 0 && segment <= flow.longestSegment) {
            int lastTotal = segment;
            while (piece != DatagramFlow.NONE && lastTotal == segment && count < MOST_SEGMENTS) {
                lastTotal = queue.total(piece);
                bytes += lastTotal;
                if (lastTotal > segment || lastTotal == 0 || bytes > DatagramPlane.MAX_DATAGRAM_BYTES) {
                    break;
                }
                put(piece);
                count++;
                piece = queue.next(piece);
            }
        }
        packets.place(messages, iovecAddress + (long) firstIovec * IOVEC_BYTES, iovecCount - firstIovec);
        packets.address(messages, flow, count == 1 ? 0 : segment);
        flows[messages] = flow;
        firstPieces[messages] = first;
        firstIovecs[messages] = firstIovec;
        datagrams[messages] = count;
        messages++;
        return piece;
    }

    private void put(int piece) {
        int header = queue.header(piece);
        if (header != 0) {
            if (headerCount == 0 || headers.getInt((headerCount - 1) * SendQueue.HEADER_BYTES) != header) {
                headers.putInt(headerCount * SendQueue.HEADER_BYTES, header);
                headerCount++;
            }
            iovec(headerAddress + (long) (headerCount - 1) * SendQueue.HEADER_BYTES, SendQueue.HEADER_BYTES);
        }
        iovec(memoryAddress + queue.offset(piece), queue.length(piece));
    }

    private void iovec(long address, int length) {
        iovecs.putLong(iovecCount * IOVEC_BYTES, address);
        iovecs.putLong(iovecCount * IOVEC_BYTES + Long.BYTES, length);
        iovecCount++;
    }

    private void transmit(int fd, boolean ipv6) {
        boolean refused = false;
        for (int done = 0; done < messages; ) {
            int result = packets.send(fd, ipv6, done, messages - done);
            if (result > 0) {
                for (int end = done + result; done < end; done++) {
                    tally.sentMessages++;
                    tally.sentDatagrams += datagrams[done];
                }
            } else if (result == EAGAIN || result == 0) {
                for (; done < messages; done++) {
                    tally.dropped += datagrams[done];
                }
            } else if (result == ECONNREFUSED && !refused) {
                refused = true; // of an earlier datagram; the call has cleared it
            } else {
                if (datagrams[done] > 1 && (result == EINVAL || result == EMSGSIZE || result == EIO)) {
                    sendSingly(fd, ipv6, done, result == EIO);
                } else {
                    tally.dropped += datagrams[done];
                }
                done++;
            }
        }
        messages = 0;
        iovecCount = 0;
        headerCount = 0;
    }

    /** A message whose segments are longer than the way there takes: each by itself then, so that they are fragmented. */
    private void sendSingly(int fd, boolean ipv6, int message, boolean never) {
        DatagramFlow flow = flows[message];
        if (flow == null) {
            return;
        }
        int piece = firstPieces[message];
        int iovec = firstIovecs[message];
        flow.longestSegment = never ? 0 : queue.total(piece) - 1;
        for (int i = 0; i < datagrams[message]; i++) {
            int count = queue.header(piece) == 0 ? 1 : 2;
            packets.place(message, iovecAddress + (long) iovec * IOVEC_BYTES, count);
            packets.address(message, flow, 0);
            if (packets.send(fd, ipv6, message, 1) == 1) {
                tally.sentMessages++;
                tally.sentDatagrams++;
            } else {
                tally.dropped++;
            }
            iovec += count;
            piece = queue.next(piece);
        }
    }
}
