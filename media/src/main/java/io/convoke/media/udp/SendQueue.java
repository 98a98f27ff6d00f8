package io.convoke.media.udp;

/** The pieces of memory that wait to be sent, all flows' in one place, linked flow by flow. Not thread-safe. */
final class SendQueue {
    static final int CAPACITY = 4096;
    static final int HEADER_BYTES = 4;

    private final int[] headers = new int[CAPACITY];
    private final int[] offsets = new int[CAPACITY];
    private final int[] lengths = new int[CAPACITY];
    private final int[] next = new int[CAPACITY];
    private int size;

    boolean isFull() {
        return size == CAPACITY;
    }

    /** @param header sent before it, 0 for none */
    void add(DatagramFlow flow, int header, int offset, int length) {
        int piece = size++;
        headers[piece] = header;
        offsets[piece] = offset;
        lengths[piece] = length;
        next[piece] = DatagramFlow.NONE;
        if (flow.head == DatagramFlow.NONE) {
            flow.head = piece;
        } else {
            next[flow.tail] = piece;
        }
        flow.tail = piece;
    }

    int header(int piece) {
        return headers[piece];
    }

    int offset(int piece) {
        return offsets[piece];
    }

    /** Without the header. */
    int length(int piece) {
        return lengths[piece];
    }

    /** With the header. */
    int total(int piece) {
        return headers[piece] == 0 ? lengths[piece] : lengths[piece] + HEADER_BYTES;
    }

    int next(int piece) {
        return next[piece];
    }

    void clear() {
        size = 0;
    }
}
