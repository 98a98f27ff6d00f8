package io.convoke.actors.conference;

/**
 * Whether one instance of a conference may admit participants. Starts locked, opens with a grant of the conference, and closes again by itself when the
 * grant's lease has run out unrenewed. Pure: the time is an argument, in nanoseconds of one monotonic clock.
 *
 * <p>A lease counts from the moment the instance <em>asked</em>, not from when the answer came: so a late answer can only be shorter than what the
 * conference believes, never longer.
 */
public final class InstanceLock {
    /** What an input did. */
    public enum Change {
        /** Nothing that anybody outside could see. */
        NONE,
        /** Locked before, open now. */
        OPENED,
        /** Open before, locked now, because the conference said so. */
        LOCKED,
        /** Open before, locked now, because nothing was heard of the conference for the length of a lease. */
        LAPSED
    }

    /** Requests whose answers are still believed; an older one's lease would have run out anyway. */
    private static final int REMEMBERED = 16;

    private final int driftPermille;
    private final long[] askedAtNanos = new long[REMEMBERED];
    private long requests;
    private long epoch;
    private boolean open;
    private boolean lockedInEpoch;
    private long untilNanos;

    /** Locked, with no grant. */
    public InstanceLock(int driftPermille) {
        this.driftPermille = driftPermille;
    }

    /** Notes that a grant is asked for now; the answer must carry the number. */
    public long ask(long nowNanos) {
        long request = ++requests;
        askedAtNanos[(int) (request % REMEMBERED)] = nowNanos;
        return request;
    }

    /** The conference answered a request: {@code admits} says whether it is open in that epoch. Late and repeated answers do no harm. */
    public Change granted(long nowNanos, long request, long grantedEpoch, boolean admits, long leaseNanos) {
        if (grantedEpoch < epoch || request > requests || request <= requests - REMEMBERED || request <= 0) {
            return Change.NONE;
        }
        if (!admits) {
            return lock(grantedEpoch);
        }
        if (grantedEpoch == epoch && lockedInEpoch) {
            return Change.NONE;
        }
        long until = askedAtNanos[(int) (request % REMEMBERED)] + leaseNanos - leaseNanos / 1000 * driftPermille;
        if (until - nowNanos <= 0) {
            return Change.NONE;
        }
        untilNanos = grantedEpoch == epoch && open && untilNanos - until > 0 ? untilNanos : until;
        epoch = grantedEpoch;
        lockedInEpoch = false;
        boolean before = open;
        open = true;
        return before ? Change.NONE : Change.OPENED;
    }

    /** The conference orders the lock of that epoch; an older one than the grant held is ignored. */
    public Change lock(long orderedEpoch) {
        if (orderedEpoch < epoch) {
            return Change.NONE;
        }
        epoch = orderedEpoch;
        lockedInEpoch = true;
        boolean before = open;
        open = false;
        return before ? Change.LOCKED : Change.NONE;
    }

    /** To be called when {@link #deadlineNanos} has passed, or at any other time. */
    public Change tick(long nowNanos) {
        if (open && untilNanos - nowNanos <= 0) {
            open = false;
            return Change.LAPSED;
        }
        return Change.NONE;
    }

    /** The answer that counts: asked immediately before each admission. */
    public boolean admits(long nowNanos) {
        return open && untilNanos - nowNanos > 0;
    }

    /** As last told, without regard to the time. */
    public boolean isOpen() {
        return open;
    }

    /** When the lease runs out; meaningless while locked. */
    public long deadlineNanos() {
        return untilNanos;
    }

    /** The highest epoch heard of; 0 before the first. */
    public long epoch() {
        return epoch;
    }
}
