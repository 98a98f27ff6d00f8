package io.convoke.media.sfu;

import java.util.Arrays;

/**
 * A ring of one source's recent packets in plain text, as {@link MidMark#copy} makes them, found by the source's sequence number. Rows are
 * allocated when first used and kept; storing then copies and allocates nothing.
 */
final class ResendCache {
    private static final int EMPTY = -1;

    private final byte[][] rows;
    private final int[] lengths;
    private final int[] sequences;
    private final int mask;

    /** {@code packets} is rounded up to a power of two, at most 32768. */
    ResendCache(int packets) {
        int capacity = Integer.highestOneBit(Math.min(Math.max(packets, 1), 32768) * 2 - 1);
        rows = new byte[capacity][];
        lengths = new int[capacity];
        sequences = new int[capacity];
        mask = capacity - 1;
        clear();
    }

    void clear() {
        Arrays.fill(sequences, EMPTY);
    }

    void store(int sequence, byte[] buffer, int offset, int length) {
        int row = sequence & mask;
        if (rows[row] == null || rows[row].length < length) {
            rows[row] = new byte[Math.max(length, 1280)];
        }
        System.arraycopy(buffer, offset, rows[row], 0, length);
        lengths[row] = length;
        sequences[row] = sequence;
    }

    /** Copies the packet and returns its length, or -1 where it is not (or no longer) here. */
    int copyTo(int sequence, byte[] target, int offset) {
        int row = sequence & mask;
        if (sequences[row] != sequence) {
            return -1;
        }
        System.arraycopy(rows[row], 0, target, offset, lengths[row]);
        return lengths[row];
    }
}
