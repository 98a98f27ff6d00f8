package io.convoke.protocols.srtp;

/** Numbers streams 0, 1, 2, ... by SSRC: open addressing over primitive arrays, bounded, never shrinking. */
final class StreamTable {
    static final int ABSENT = -1;

    private final int maxStreams;
    private final int[] ssrcs;
    private final int[] numbersPlus1;
    private final int shift;
    private int size;

    StreamTable(int maxStreams) {
        if (maxStreams < 1 || maxStreams > 1 << 16) {
            throw new IllegalArgumentException("Expected room for 1 to 65536 streams, but got " + maxStreams);
        }
        this.maxStreams = maxStreams;
        // At most half full, so that probes stay short.
        int bits = 33 - Integer.numberOfLeadingZeros(maxStreams);
        shift = 32 - bits;
        ssrcs = new int[1 << bits];
        numbersPlus1 = new int[1 << bits];
    }

    int find(int ssrc) {
        for (int at = slot(ssrc); numbersPlus1[at] != 0; at = next(at)) {
            if (ssrcs[at] == ssrc) {
                return numbersPlus1[at] - 1;
            }
        }
        return ABSENT;
    }

    boolean full() {
        return size == maxStreams;
    }

    /** Numbers a stream that is absent; the table must not be full. */
    int add(int ssrc) {
        if (full()) {
            throw new IllegalStateException("Expected room for another stream, but all " + maxStreams + " are taken");
        }
        int at = slot(ssrc);
        while (numbersPlus1[at] != 0) {
            at = next(at);
        }
        ssrcs[at] = ssrc;
        numbersPlus1[at] = ++size;
        return size - 1;
    }

    private int slot(int ssrc) {
        return (ssrc * 0x9E37_79B9) >>> shift; // Fibonacci hashing
    }

    private int next(int at) {
        return (at + 1) & (ssrcs.length - 1);
    }
}
