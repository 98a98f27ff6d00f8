package io.convoke.media.sfu;

import io.convoke.protocols.rtp.RtpHeader;
import io.convoke.protocols.sdp.Kind;
import io.convoke.protocols.sdp.Section;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One slot of a client: an SSRC that stays, a run of sequence numbers and timestamps that continues whoever's stream is on it. Lives as long
 * as the session, since its SSRC is bound to SRTP state, even while its section does not receive. Touched on the event loop only.
 */
final class OutgoingStream {
    final Session session;
    final String mid;
    final boolean video;
    final int ssrc;
    final SequenceRewriter rewriter;

    private @Nullable IncomingStream source;
    private boolean awaitsKeyframe;
    String codec = "";
    int payloadType;
    /** Its mid, as every packet of it says it. */
    int mark;

    boolean active;

    long packets;
    long payloadBytes;
    long bytes;
    long nacks;
    long plis;
    long resent;
    /** What the client's last report block says. */
    int reportedLost;

    int reportedJitter;

    OutgoingStream(Session session, Section section, int ssrc, SequenceRewriter rewriter) {
        this.session = session;
        this.ssrc = ssrc;
        this.rewriter = rewriter;
        mid = section.mid();
        video = section.kind() == Kind.VIDEO;
    }

    int clockRateHz() {
        return video ? 90_000 : 48_000;
    }

    @Nullable
    IncomingStream source() {
        return source;
    }

    boolean awaitsKeyframe() {
        return awaitsKeyframe;
    }

    Slot describe() {
        IncomingStream stream = source;
        UUID participant = stream == null ? null : stream.session.participant();
        return new Slot(mid, video ? "video" : "audio", participant, stream == null ? null : stream.source);
    }

    /** Puts a stream on the slot, or takes it off with null. */
    void carry(@Nullable IncomingStream stream) {
        if (source == stream) {
            return;
        }
        if (source != null) {
            source.remove(this);
        }
        source = stream;
        if (stream != null) {
            stream.add(this);
        }
        interrupt();
    }

    /** The next packet begins a new segment; video with a keyframe, which the source is to be asked for. */
    void interrupt() {
        rewriter.restart();
        awaitsKeyframe = video;
        if (video && source != null) {
            source.keyframes.want();
        }
    }

    /**
     * Sends the source's packet on, if it may go. {@code packet} holds {@code length} bytes of plain RTP from {@link MidMark#copy}; its
     * header's fields are overwritten with the slot's, all but marker and padding.
     */
    void forward(byte[] packet, int length, int sequence, int timestamp, boolean keyframe, long nowNanos) {
        if (!session.connected() || (awaitsKeyframe && !keyframe)) {
            return;
        }
        awaitsKeyframe = false;
        int out = rewriter.sequence(sequence, timestamp, nowNanos);
        if (out != SequenceRewriter.NONE) {
            send(packet, length, out, rewriter.timestamp(timestamp));
        }
    }

    /** Sends again what the client did not get. {@code work} is scratch space. False when it is no longer here. */
    boolean resend(int outSequence, byte[] work) {
        IncomingStream stream = source;
        if (stream == null || stream.cache == null) {
            return false;
        }
        int sequence = rewriter.sourceSequence(outSequence);
        int length = sequence == SequenceRewriter.NONE ? -1 : stream.cache.copyTo(sequence, work, 0);
        if (length < 0) {
            return false;
        }
        send(work, length, outSequence, rewriter.timestamp(RtpHeader.timestamp(work, 0)));
        resent++;
        return true;
    }

    private void send(byte[] packet, int length, int sequence, int timestamp) {
        RtpHeader.setPayloadType(packet, 0, payloadType);
        RtpHeader.setSequence(packet, 0, sequence);
        RtpHeader.setTimestamp(packet, 0, timestamp);
        RtpHeader.setSsrc(packet, 0, ssrc);
        MidMark.write(packet, mark);
        session.sendRtp(packet, length);
        packets++;
        payloadBytes += length - RtpHeader.lengthBytes(packet, 0, length);
        bytes += length;
    }
}
