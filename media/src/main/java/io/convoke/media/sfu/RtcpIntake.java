package io.convoke.media.sfu;

import io.convoke.protocols.rtp.rtcp.RtcpReader;
import io.convoke.protocols.rtp.rtcp.RtcpType;
import io.convoke.protocols.srtp.SrtpReceiver;
import org.jspecify.annotations.Nullable;

/** What a client's control packets ask for and report. Touched on the event loop only. */
final class RtcpIntake {
    /** Resent for one compound packet at most; whoever misses more is better served with a keyframe. */
    private static final int MOST_RESENT = 128;

    private final SfuLoop loop;
    private final RtcpReader reader = new RtcpReader();
    private final byte[] work = new byte[SfuLoop.MAX_DATAGRAM_BYTES];

    RtcpIntake(SfuLoop loop) {
        this.loop = loop;
    }

    /** One SRTCP compound packet, {@code packet[0, length)}, decrypted in place. Whether it was authentic. */
    boolean packet(Session from, byte[] packet, int length) {
        SrtpReceiver srtp = from.srtpReceiver();
        if (srtp == null) {
            loop.counters().drop(DropReason.NO_KEYS);
            return false;
        }
        int plain = srtp.unprotectRtcp(packet, 0, length);
        if (plain < 0) {
            loop.counters().drop(RtpForwarder.reason(plain));
            return false;
        }
        int budget = MOST_RESENT;
        reader.reset(packet, 0, plain);
        while (reader.next()) {
            switch (reader.type()) {
                case RtcpType.SENDER_REPORT -> {
                    senderReport(from);
                    reportBlocks(from);
                }
                case RtcpType.RECEIVER_REPORT -> reportBlocks(from);
                case RtcpType.TRANSPORT_FEEDBACK -> budget = nack(from, budget);
                case RtcpType.PAYLOAD_FEEDBACK -> keyframeWanted(from);
                default -> {
                    // SDES names what SDP has told, BYE is followed by an offer or the end: nothing to do.
                }
            }
        }
        if (reader.malformed()) {
            loop.counters().drop(DropReason.SRTP_MALFORMED);
        }
        return true;
    }

    /** Hands the sender's clock on to its receivers, in each slot's own time line. */
    private void senderReport(Session from) {
        IncomingStream stream = from.media().incoming(reader.senderSsrc());
        if (stream == null) {
            return;
        }
        stream.lastSenderReport = (int) (reader.ntpTimestamp() >>> 16);
        stream.lastSenderReportNanos = loop.nowNanos();
        if (!stream.muted()) {
            for (OutgoingStream slot : stream.slots) {
                loop.rtcpOut().senderReport(slot, reader.ntpTimestamp(), reader.rtpTimestamp());
            }
        }
    }

    private void reportBlocks(Session from) {
        for (int i = 0; i < reader.reportCount(); i++) {
            OutgoingStream slot = from.media().slot(reader.reportSsrc(i));
            if (slot != null) {
                slot.reportedLost = reader.cumulativeLost(i);
                slot.reportedJitter = (int) reader.jitter(i);
            }
        }
    }

    private int nack(Session from, int budget) {
        OutgoingStream slot = from.media().slot(reader.mediaSsrc());
        int left = budget;
        for (int i = 0; slot != null && i < reader.nackCount(); i++) {
            int first = reader.nackPid(i);
            int more = reader.nackBlp(i);
            left -= resend(slot, first, left);
            for (int bit = 0; bit < 16; bit++) {
                if ((more & 1 << bit) != 0) {
                    left -= resend(slot, first + bit + 1 & 0xFFFF, left);
                }
            }
        }
        return left;
    }

    private int resend(OutgoingStream slot, int sequence, int left) {
        slot.nacks++;
        return left > 0 && slot.session.connected() && slot.resend(sequence, work) ? 1 : 0;
    }

    private void keyframeWanted(Session from) {
        if (reader.isPli()) {
            keyframeWanted(from.media().slot(reader.mediaSsrc()));
        }
        for (int i = 0; i < reader.firCount(); i++) {
            keyframeWanted(from.media().slot(reader.firSsrc(i)));
        }
    }

    private void keyframeWanted(@Nullable OutgoingStream slot) {
        if (slot != null && slot.video) {
            slot.plis++;
            loop.wantKeyframe(slot);
        }
    }
}
