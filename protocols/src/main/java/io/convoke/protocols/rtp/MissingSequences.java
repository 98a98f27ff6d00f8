package io.convoke.protocols.rtp;

/** Bounded list of extended sequences that have not arrived, ascending, in parallel primitive arrays. */
final class MissingSequences {
    private final long[] sequences;
    private final long[] askedAtNanos;
    private final int[] asks;
    private int count;

    MissingSequences(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("Expected room for at least one missing sequence, but got " + capacity);
        }
        sequences = new long[capacity];
        askedAtNanos = new long[capacity];
        asks = new int[capacity];
    }

    int count() {
        return count;
    }

    void clear() {
        count = 0;
    }

    /** Appends from..until-1, all above what is there; the oldest give way. */
    void addRange(long from, long until) {
        int adding = (int) Math.min(until - from, sequences.length);
        int surplus = count + adding - sequences.length;
        if (surplus > 0) {
            removeAt(0, surplus);
        }
        for (long sequence = until - adding; sequence < until; sequence++) {
            sequences[count] = sequence;
            asks[count] = 0;
            count++;
        }
    }

    /** Takes one out and says whether it was there. */
    boolean remove(long sequence) {
        // Newest first: most late packets are only a little late.
        for (int i = count - 1; i >= 0 && sequences[i] >= sequence; i--) {
            if (sequences[i] == sequence) {
                removeAt(i, 1);
                return true;
            }
        }
        return false;
    }

    int takeDue(long nowNanos, long retryNanos, int maxAsks, int[] target) {
        int written = 0;
        int kept = 0;
        for (int i = 0; i < count; i++) {
            boolean due = asks[i] == 0 || nowNanos - askedAtNanos[i] >= retryNanos;
            if (due && asks[i] >= maxAsks) {
                continue;
            }
            boolean asking = due && written < target.length;
            if (asking) {
                target[written++] = (int) sequences[i] & 0xFFFF;
            }
            sequences[kept] = sequences[i];
            askedAtNanos[kept] = asking ? nowNanos : askedAtNanos[i];
            asks[kept] = asks[i] + (asking ? 1 : 0);
            kept++;
        }
        count = kept;
        return written;
    }

    private void removeAt(int index, int removed) {
        int tail = index + removed;
        System.arraycopy(sequences, tail, sequences, index, count - tail);
        System.arraycopy(askedAtNanos, tail, askedAtNanos, index, count - tail);
        System.arraycopy(asks, tail, asks, index, count - tail);
        count -= removed;
    }
}
