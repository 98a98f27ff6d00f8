package io.convoke.media.udp;

import java.nio.ByteBuffer;

/**
 * A plane's packets: one block of direct memory in slots, each long enough for the longest datagram. Slots are taken from the bottom to receive into
 * and from the top for copies, and all are free again once everything queued has been sent. Not thread-safe.
 */
final class PacketMemory {
    static final int SLOTS = 128;
    static final int HEADROOM_BYTES = 64;
    static final int LONGEST_BYTES = 65_536;
    /** Not a multiple of a page, so that the slots' beginnings do not compete for the same lines of the processor's caches. */
    private static final int STRIDE_BYTES = HEADROOM_BYTES + LONGEST_BYTES + 24 * 64;

    final ByteBuffer bytes;
    private int received;
    private int copySlot = SLOTS;
    private int copyOffset;
    private int copyEnd;

    PacketMemory() {
        // Big endian, as the protocols are.
        bytes = ByteBuffer.allocateDirect(SLOTS * STRIDE_BYTES);
    }

    /** Where a slot's datagram begins. */
    static int offset(int slot) {
        return slot * STRIDE_BYTES + HEADROOM_BYTES;
    }

    int firstFree() {
        return received;
    }

    int free() {
        return copySlot - received;
    }

    void take(int slots) {
        received += slots;
    }

    /** Room with headroom before it, or -1 when there is none until the next flush. */
    int reserve(int length) {
        int begin = copyOffset + HEADROOM_BYTES;
        if (begin + length > copyEnd) {
            if (free() == 0) {
                return -1;
            }
            copySlot--;
            begin = offset(copySlot);
            copyEnd = begin + LONGEST_BYTES;
        }
        copyOffset = begin + length;
        return begin;
    }

    void freeCopies() {
        copySlot = SLOTS;
        copyOffset = 0;
        copyEnd = 0;
    }

    void freeReceived() {
        received = 0;
    }
}
