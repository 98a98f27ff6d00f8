package io.convoke.protocols.rtp;

/**
 * What one received RTP stream looks like from here: extended sequence, loss and jitter for report blocks (RFC 3550
 * §6.4.1, appendix A.1, A.3, A.8), and the sequences still worth asking for again. One stream, one thread.
 */
public final class SequenceTracker {
    /** A packet ahead of everything so far. */
    public static final int ADVANCED = 0;
    /** A packet that was counted as missing and has arrived after all. */
    public static final int RECOVERED = 1;
    /** A packet seen before, or too old to tell. */
    public static final int STALE = 2;
    /** A jump too far to trust; a second packet in a row will restart the stream. */
    public static final int SUSPECT = 3;
    /** The sender started over; statistics begin anew. */
    public static final int RESTARTED = 4;

    private static final int MAX_DROPOUT = 3000; // appendix A.1
    private static final int MAX_MISORDER = 1000; // wider than A.1's 100: resent packets come late
    private static final int NO_SUSPECT = -1;

    private final int clockRateHz;
    private final MissingSequences missing;

    private boolean started;
    private long base;
    private long highest;
    private int suspect = NO_SUSPECT;
    private long received;
    private long expectedPrior;
    private long receivedPrior;
    private int lastTransit;
    private long jitterTimes16;

    /**
     * @param clockRateHz rate of the payload's RTP timestamps
     * @param maxMissing most sequences remembered as missing; older ones are given up first
     */
    public SequenceTracker(int clockRateHz, int maxMissing) {
        this.clockRateHz = clockRateHz;
        this.missing = new MissingSequences(maxMissing);
    }

    /** Takes in one authenticated packet and says which of the constants above it was. */
    public int received(int sequence, int rtpTimestamp, long nowNanos) {
        int verdict = place(sequence & 0xFFFF);
        if (verdict == STALE || verdict == SUSPECT) {
            return verdict;
        }
        received++;
        if (verdict != RECOVERED) {
            updateJitter(rtpTimestamp, nowNanos, verdict == RESTARTED);
        }
        return verdict;
    }

    /** Whether any packet has been counted. */
    public boolean started() {
        return started;
    }

    /** Cycles in the upper 16 bits, highest sequence in the lower: the report block's field. */
    public int extendedHighest() {
        return (int) highest;
    }

    /** Packets counted since the stream (re)started, without duplicates. */
    public long receivedPackets() {
        return received;
    }

    /** Packets expected minus received since the stream (re)started, clamped to the report block's 24 signed bits. */
    public int cumulativeLost() {
        return (int) Math.max(-0x80_0000, Math.min(0x7F_FFFF, expected() - received));
    }

    /** Interarrival jitter in RTP timestamp units. */
    public int jitter() {
        return (int) (jitterTimes16 >>> 4);
    }

    /** Fraction lost since the previous call, in 1/256 (appendix A.3). Starts the next interval: once per report. */
    public int takeFractionLost() {
        long expectedInterval = expected() - expectedPrior;
        long lostInterval = expectedInterval - (received - receivedPrior);
        expectedPrior = expected();
        receivedPrior = received;
        return expectedInterval <= 0 || lostInterval <= 0
                ? 0
                : (int) Math.min(255, (lostInterval << 8) / expectedInterval);
    }

    /** How many sequences are remembered as missing. */
    public int missingCount() {
        return missing.count();
    }

    /**
     * Writes the sequences (0..65535, oldest first) that are due to be asked for: never asked, or asked at least
     * {@code retryNanos} ago. A sequence asked {@code maxAsks} times is given up.
     *
     * @return how many were written, at most {@code target.length}
     */
    public int takeMissing(long nowNanos, long retryNanos, int maxAsks, int[] target) {
        return missing.takeDue(nowNanos, retryNanos, maxAsks, target);
    }

    private int place(int sequence) {
        if (!started) {
            start(sequence);
            return ADVANCED;
        }
        int ahead = (short) (sequence - (int) highest);
        if (ahead > 0 && ahead < MAX_DROPOUT) {
            suspect = NO_SUSPECT;
            missing.addRange(highest + 1, highest + ahead);
            highest += ahead;
            return ADVANCED;
        }
        if (ahead <= 0 && ahead > -MAX_MISORDER) {
            return missing.remove(highest + ahead) ? RECOVERED : STALE;
        }
        if (sequence == suspect) {
            start(sequence);
            return RESTARTED;
        }
        suspect = sequence + 1 & 0xFFFF;
        return SUSPECT;
    }

    private void start(int sequence) {
        started = true;
        base = sequence;
        highest = sequence;
        suspect = NO_SUSPECT;
        received = 0;
        receivedPrior = 0;
        expectedPrior = 0;
        jitterTimes16 = 0;
        missing.clear();
    }

    private long expected() {
        return started ? highest - base + 1 : 0;
    }

    /** Appendix A.8, with the arrival time scaled to the payload's clock. */
    private void updateJitter(int rtpTimestamp, long nowNanos, boolean restarted) {
        int arrival = (int)
                (nowNanos / 1_000_000_000L * clockRateHz + nowNanos % 1_000_000_000L * clockRateHz / 1_000_000_000L);
        int transit = arrival - rtpTimestamp;
        if (received > 1 && !restarted) {
            long difference = Math.abs((long) (transit - lastTransit));
            jitterTimes16 += difference - ((jitterTimes16 + 8) >> 4);
        }
        lastTransit = transit;
    }
}
