package io.convoke.protocols.srtp;

import java.util.Arrays;

/** What has been received of each stream: highest index and a ring of bits below it (RFC 3711 §3.3.2). */
final class ReplayWindows {
    /** How far behind the highest index a packet may come: covers resent video at 500 packets/s for one second. */
    static final int WINDOW = 512;

    private static final int WORDS = WINDOW / 64;

    private final long[] highest;
    private final long[] seen;

    ReplayWindows(int maxStreams) {
        highest = new long[maxStreams];
        seen = new long[maxStreams * WORDS];
    }

    long highest(int stream) {
        return highest[stream];
    }

    /** Whether an index is too old or already seen. */
    boolean replayed(int stream, long index) {
        long behind = highest[stream] - index;
        return behind >= 0 && (behind >= WINDOW || (seen[word(stream, index)] & bit(index)) != 0);
    }

    /** Notes the first packet of a stream. */
    void start(int stream, long index) {
        Arrays.fill(seen, stream * WORDS, (stream + 1) * WORDS, 0);
        highest[stream] = index;
        seen[word(stream, index)] |= bit(index);
    }

    /** Notes an authenticated packet that was not replayed. */
    void commit(int stream, long index) {
        long ahead = index - highest[stream];
        if (ahead >= WINDOW) {
            start(stream, index);
            return;
        }
        for (long skipped = highest[stream] + 1; skipped < index; skipped++) {
            seen[word(stream, skipped)] &= ~bit(skipped);
        }
        seen[word(stream, index)] |= bit(index);
        if (ahead > 0) {
            highest[stream] = index;
        }
    }

    private static int word(int stream, long index) {
        return stream * WORDS + (((int) index >>> 6) & (WORDS - 1));
    }

    private static long bit(long index) {
        return 1L << index;
    }
}
