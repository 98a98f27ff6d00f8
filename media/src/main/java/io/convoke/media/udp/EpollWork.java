package io.convoke.media.udp;

import io.netty.channel.unix.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the epoll sockets of a plane share: the packets to receive into, one for each slot of the memory, and those being sent. */
final class EpollWork {
    private static final Logger LOG = LoggerFactory.getLogger(EpollWork.class);
    private static final int IOVEC_BYTES = 16;
    private static final boolean POSSIBLE = Buffer.addressSize() == Long.BYTES && probe();

    final NativePackets incoming = new NativePackets(PacketMemory.SLOTS);
    final OutgoingMessages outgoing;
    private final ByteBuffer incomingIovecs;

    EpollWork(PacketMemory memory, SendQueue queue, Tally tally) {
        long address = Buffer.memoryAddress(memory.bytes);
        incomingIovecs =
                ByteBuffer.allocateDirect(PacketMemory.SLOTS * IOVEC_BYTES).order(ByteOrder.nativeOrder());
        for (int slot = 0; slot < PacketMemory.SLOTS; slot++) {
            incomingIovecs.putLong(slot * IOVEC_BYTES, address + PacketMemory.offset(slot));
            incomingIovecs.putLong(slot * IOVEC_BYTES + Long.BYTES, PacketMemory.LONGEST_BYTES);
            incoming.place(slot, Buffer.memoryAddress(incomingIovecs) + (long) slot * IOVEC_BYTES, 1);
        }
        outgoing = new OutgoingMessages(address, queue, tally);
    }

    static boolean isPossible() {
        return POSSIBLE;
    }

    private static boolean probe() {
        try {
            return new NativePackets(1).length(0) == 0;
        } catch (LinkageError | IllegalStateException e) {
            LOG.info("Using NIO for UDP, as this version of Netty does not give access to its packets", e);
            return false;
        }
    }
}
