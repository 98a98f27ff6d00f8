package io.convoke.media.sfu;

import io.convoke.protocols.rtp.rtcp.RtcpWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The control packets the unit sends: reports, NACKs and keyframe requests to those who send media, translated sender reports to those who
 * receive it. Each is a compound packet that begins with a report and a CNAME (RFC 3550 §6.1). Touched on the event loop only.
 */
final class RtcpOut {
    /** Most sequence numbers in one NACK. */
    static final int MOST_NACKED = 128;

    static final long NACK_REPEAT_NANOS = 80_000_000;
    static final int NACK_TRIES = 6;

    private static final int MOST_BLOCKS = 31;

    private final SfuLoop loop;
    private final RtcpWriter writer = new RtcpWriter();
    private final byte[] packet = new byte[SfuLoop.MAX_DATAGRAM_BYTES];
    private final int[] sequences = new int[MOST_NACKED];
    private final int[] ssrcs = new int[MOST_BLOCKS];

    RtcpOut(SfuLoop loop) {
        this.loop = loop;
    }

    /** A sender report of a source in the time line of one of its slots. */
    void senderReport(OutgoingStream slot, long ntpTimestamp, int sourceTimestamp) {
        if (!slot.session.connected() || !slot.rewriter.started()) {
            return;
        }
        writer.reset(packet, 0);
        int timestamp = slot.rewriter.timestamp(sourceTimestamp);
        writer.sr(slot.ssrc, ntpTimestamp, timestamp, slot.packets, slot.payloadBytes);
        slot.session.sendRtcp(packet, writer.sdesCname(slot.ssrc, slot.session.cname()));
    }

    /** Receiver report on everything the client sends, and the bitrate its video may have. */
    void receiverReport(Session to, int maxVideoBitrateBps) {
        long now = loop.nowNanos();
        List<IncomingStream> streams = to.media().incoming();
        writer.reset(packet, 0);
        writer.rr(to.rtcpSsrc());
        int video = 0;
        for (int i = 0, blocks = 0; i < streams.size() && blocks < MOST_BLOCKS; i++) {
            IncomingStream stream = streams.get(i);
            if (!stream.bound || !stream.tracker.started()) {
                continue;
            }
            block(stream, now);
            blocks++;
            if (stream.video && stream.section.remb()) {
                ssrcs[video++] = stream.ssrc;
            }
        }
        int end = writer.sdesCname(to.rtcpSsrc(), to.cname());
        if (video > 0) {
            end = writer.remb(to.rtcpSsrc(), maxVideoBitrateBps, ssrcs, video);
        }
        to.sendRtcp(packet, end);
    }

    /** Asks for what is missing of a video stream and due to be asked for. */
    void nack(IncomingStream stream) {
        if (!stream.section.nack() || stream.tracker.missingCount() == 0) {
            return;
        }
        int count = stream.tracker.takeMissing(loop.nowNanos(), NACK_REPEAT_NANOS, NACK_TRIES, sequences);
        if (count > 0) {
            stream.nacks += count;
            beginFeedback(stream.session);
            stream.session.sendRtcp(packet, writer.nack(stream.session.rtcpSsrc(), stream.ssrc, sequences, count));
        }
    }

    void pictureLoss(IncomingStream stream) {
        stream.plis++;
        beginFeedback(stream.session);
        int from = stream.session.rtcpSsrc();
        boolean onlyFir = stream.section.fir() && !stream.section.pli();
        int end = onlyFir ? writer.fir(from, stream.ssrc, (int) stream.plis) : writer.pli(from, stream.ssrc);
        stream.session.sendRtcp(packet, end);
    }

    private void beginFeedback(Session to) {
        writer.reset(packet, 0);
        writer.rr(to.rtcpSsrc());
        writer.sdesCname(to.rtcpSsrc(), to.cname());
    }

    private void block(IncomingStream stream, long now) {
        long sinceReport = stream.lastSenderReport == 0 ? 0 : now - stream.lastSenderReportNanos;
        writer.reportBlock(
                stream.ssrc,
                stream.tracker.takeFractionLost(),
                stream.tracker.cumulativeLost(),
                stream.tracker.extendedHighest(),
                stream.tracker.jitter(),
                stream.lastSenderReport,
                (int) (sinceReport / 1_000 * 65_536 / 1_000_000));
    }

    /** The name under which everything of one session's slots belongs together. */
    static byte[] cname(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }
}
