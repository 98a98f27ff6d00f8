package io.convoke.protocols.xmpp;

/**
 * When a connection that lies idle wants a sign of life (RFC 6120 §4.6, XEP-0199): a blank where we have sent nothing, a ping where we have heard
 * nothing, and its end where the ping stays without an answer. Whatever bytes the peer sends are an answer.
 */
public final class Keepalive {
    /** What to do now. */
    public enum Due {
        NOTHING,
        /** Send one blank. */
        BLANK,
        /** Send a ping. */
        PING,
        /** The peer is gone. */
        LOST
    }

    private final long idleNanos;
    private final long answerNanos;
    private long blankDueNanos;
    private long pingDueNanos;
    private long lostNanos;
    private boolean pinged;

    /**
     * Starts.
     *
     * @param idleNanos of silence, either way, before a sign of life
     * @param answerNanos that the peer has for the answer to a ping
     */
    public Keepalive(long idleNanos, long answerNanos, long nowNanos) {
        this.idleNanos = idleNanos;
        this.answerNanos = answerNanos;
        blankDueNanos = nowNanos + idleNanos;
        pingDueNanos = nowNanos + idleNanos;
    }

    /** Bytes have come. */
    public void heard(long nowNanos) {
        pinged = false;
        pingDueNanos = nowNanos + idleNanos;
    }

    /** Bytes were sent. */
    public void sent(long nowNanos) {
        blankDueNanos = nowNanos + idleNanos;
    }

    /** What is due; it counts as done. */
    public Due due(long nowNanos) {
        if (pinged && nowNanos - lostNanos >= 0) {
            return Due.LOST;
        }
        if (!pinged && nowNanos - pingDueNanos >= 0) {
            pinged = true;
            lostNanos = nowNanos + answerNanos;
            sent(nowNanos);
            return Due.PING;
        }
        if (nowNanos - blankDueNanos >= 0) {
            sent(nowNanos);
            return Due.BLANK;
        }
        return Due.NOTHING;
    }

    /** When {@link #due} has something next. */
    public long deadlineNanos() {
        long peer = pinged ? lostNanos : pingDueNanos;
        return peer - blankDueNanos < 0 ? peer : blankDueNanos;
    }
}
