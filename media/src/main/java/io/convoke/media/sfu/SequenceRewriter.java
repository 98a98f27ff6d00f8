package io.convoke.media.sfu;

/**
 * One slot's sequence numbers and timestamps: continuous for the receiver, whatever source is on the slot. Within a segment (one source
 * without interruption) both are the source's plus an offset, so reordering, loss and late repairs pass through; {@link #restart} begins
 * a new segment with the next packet, right behind the last number sent and as much later as real time has gone by.
 */
final class SequenceRewriter {
    /** The packet belongs before the segment's start and has no number. */
    static final int NONE = -1;

    private final int clockRateHz;

    private boolean started;
    private boolean everStarted;
    private long sourceHighest; // extended sequence number of the source
    private long offset; // out = source + offset, extended
    private long segmentFirst; // extended outgoing number of the segment's first packet
    private long outHighest;
    private int timestampOffset;
    private int lastTimestamp; // of the packet with outHighest
    private long lastNanos;

    /** Numbers begin at random by RFC 3550 §5.1; the caller brings the randomness. */
    SequenceRewriter(int firstSequence, int firstTimestamp, int clockRateHz) {
        this.clockRateHz = clockRateHz;
        this.outHighest = 0x10000L + (firstSequence & 0x7FFF) - 1; // room below, so that nothing goes negative
        this.lastTimestamp = firstTimestamp;
    }

    /** Whether the current segment has begun. */
    boolean started() {
        return started;
    }

    /** The next packet begins a new segment. */
    void restart() {
        started = false;
    }

    /** The outgoing sequence number for a source's packet, or {@link #NONE}. */
    int sequence(int sourceSequence, int sourceTimestamp, long nowNanos) {
        if (!started) {
            begin(sourceSequence, sourceTimestamp, nowNanos);
        }
        long source = sourceHighest + (short) (sourceSequence - (int) sourceHighest);
        long out = source + offset;
        if (out < segmentFirst) {
            return NONE;
        }
        if (out >= outHighest) {
            sourceHighest = source;
            outHighest = out;
            lastTimestamp = timestamp(sourceTimestamp);
            lastNanos = nowNanos;
        }
        return (int) out & 0xFFFF;
    }

    /** The outgoing timestamp for a source's in the current segment. */
    int timestamp(int sourceTimestamp) {
        return sourceTimestamp + timestampOffset;
    }

    /** The source's sequence number for one sent in the current segment, or {@link #NONE}. */
    int sourceSequence(int outSequence) {
        long out = outHighest + (short) (outSequence - (int) outHighest);
        if (!started || out < segmentFirst || out > outHighest) {
            return NONE;
        }
        return (int) (out - offset) & 0xFFFF;
    }

    private void begin(int sourceSequence, int sourceTimestamp, long nowNanos) {
        started = true;
        sourceHighest = 0x10000L + (sourceSequence & 0xFFFF);
        segmentFirst = outHighest + 1;
        offset = segmentFirst - sourceHighest;
        // At least one tick, or the receiver takes two frames for one.
        long ticks = everStarted ? Math.max(1, (nowNanos - lastNanos) / 1_000 * clockRateHz / 1_000_000) : 0;
        timestampOffset = lastTimestamp + (int) ticks - sourceTimestamp;
        everStarted = true;
    }
}
