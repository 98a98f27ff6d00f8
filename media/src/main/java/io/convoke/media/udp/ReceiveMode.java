package io.convoke.media.udp;

/**
 * How a socket is best read, learnt from what comes. Bursts are worth UDP_GRO, with which each message takes a system call of its own (the call for
 * many does not tell their segments' length). Single datagrams are cheaper with one call for all that wait, without UDP_GRO. All that waits is read
 * in one iteration of the event loop: what leaves together is cheaper, too.
 */
final class ReceiveMode {
    /** Most messages at once. */
    static final int MOST = 64;

    private static final int LEAST = 4;
    private static final int SINGLES_BEFORE_LEAVING = 256;
    private static final int SINGLES_IN_PROBE = 64;
    private static final int FIRST_STAY = 8192;
    private static final int LONGEST_STAY = 131_072;
    private static final int EMPTY_READS = 2;
    private static final int ONES_TO_BELIEVE = 8;
    private static final int READS_OF_ONE = 15;

    private final boolean canJoin;
    private boolean joined;
    /** Asked for in one call. */
    private int batch = LEAST;
    /** Single datagrams in a row. */
    private int singles;

    private int singlesToLeave = SINGLES_BEFORE_LEAVING;
    /** Datagrams until the next look for bursts. */
    private int stay;

    private int nextStay = FIRST_STAY;
    /** Reads that have to end with nothing until no joined datagram of before can wait any longer. */
    private int emptyReads;
    /** Reads in a row with one message, though more were asked for. */
    private int ones;
    /** How many more reads ask for one message only, which is the cheapest where no second one waits. */
    private int readsOfOne;

    ReceiveMode(boolean joined) {
        this.joined = joined;
        canJoin = joined;
    }

    /** How many messages to read now. */
    int batch() {
        return readsOfOne > 0 ? 1 : oneByOne() ? MOST : batch;
    }

    /** Whether each message is to be read by itself, until there is none. */
    boolean oneByOne() {
        return joined || emptyReads > 0 || readsOfOne > 0;
    }

    /** Whether the socket is to have UDP_GRO. */
    boolean isJoined() {
        return joined;
    }

    /**
     * After each read.
     *
     * @param got messages, of at most {@code asked}
     * @param bursts those of them with several datagrams
     * @return whether {@link #isJoined} has changed
     */
    boolean read(int asked, int got, int bursts) {
        expect(asked, got);
        if (joined) {
            return leaves(got, bursts);
        }
        if (emptyReads > 0) {
            emptyReads = got < asked ? emptyReads - 1 : emptyReads;
        } else if (asked > 1 && got == asked) {
            batch = Math.min(MOST, batch * 2);
        } else if (asked > 1 && got < batch / 4) {
            batch = Math.max(LEAST, batch / 2);
        }
        stay -= got;
        if (!canJoin || stay > 0) {
            return false;
        }
        joined = true;
        singlesToLeave = SINGLES_IN_PROBE;
        return true;
    }

    private void expect(int asked, int got) {
        if (readsOfOne > 0) {
            readsOfOne--;
            return;
        }
        ones = got == 1 && asked > 1 ? ones + 1 : 0;
        if (ones >= ONES_TO_BELIEVE && emptyReads == 0) {
            readsOfOne = READS_OF_ONE;
            ones = ONES_TO_BELIEVE - 1; // the next look decides
        }
    }

    private boolean leaves(int got, int bursts) {
        if (bursts > 0) {
            singles = 0;
            nextStay = FIRST_STAY;
            singlesToLeave = SINGLES_BEFORE_LEAVING;
            return false;
        }
        singles += got;
        if (singles < singlesToLeave) {
            return false;
        }
        joined = false;
        singles = 0;
        emptyReads = EMPTY_READS;
        readsOfOne = 0;
        stay = nextStay;
        nextStay = Math.min(LONGEST_STAY, nextStay * 2);
        return true;
    }
}
