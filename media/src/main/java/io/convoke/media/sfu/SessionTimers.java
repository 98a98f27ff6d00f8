package io.convoke.media.sfu;

/** What a session does by the clock: consent, NACKs and keyframe requests upstream, reports. Touched on the event loop only. */
final class SessionTimers {
    static final long REPORT_NANOS = 1_000_000_000;

    private final SfuLoop loop;
    private final Session session;
    private long nextReportNanos;
    private boolean reported;

    SessionTimers(SfuLoop loop, Session session) {
        this.loop = loop;
        this.session = session;
    }

    /** Called every few milliseconds. */
    void tick(long nowNanos) {
        session.ice().tick(nowNanos);
        if (!session.connected()) {
            return;
        }
        for (IncomingStream stream : session.media().incoming()) {
            if (stream.video) {
                loop.rtcpOut().nack(stream);
                loop.askForKeyframe(stream);
            }
        }
        if (!reported || nowNanos - nextReportNanos >= 0) {
            reported = true;
            nextReportNanos = nowNanos + REPORT_NANOS;
            loop.rtcpOut().receiverReport(session, loop.settings().maxVideoBitrateBps());
        }
    }
}
