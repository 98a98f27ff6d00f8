package io.convoke.media.sfu;

import io.convoke.protocols.rtp.AudioLevel;
import io.convoke.protocols.rtp.HeaderExtensions;
import io.convoke.protocols.rtp.RtpHeader;
import io.convoke.protocols.rtp.SequenceTracker;
import io.convoke.protocols.rtp.Vp8Payload;
import io.convoke.protocols.srtp.SrtpReceiver;

/** The path of a media packet from one client to the slots of the others. Allocates nothing. Touched on the event loop only. */
final class RtpForwarder {
    private final SfuLoop loop;
    /** The packet as it goes out: plain, its header and header extension rewritten for one slot after the other. */
    private final byte[] work = new byte[SfuLoop.MAX_DATAGRAM_BYTES];

    RtpForwarder(SfuLoop loop) {
        this.loop = loop;
    }

    /** One SRTP packet, {@code packet[0, length)}, decrypted in place. Whether it was authentic. */
    boolean packet(Session from, byte[] packet, int length) {
        SrtpReceiver srtp = from.srtpReceiver();
        if (srtp == null) {
            loop.counters().drop(DropReason.NO_KEYS);
            return false;
        }
        int plain = srtp.unprotectRtp(packet, 0, length);
        if (plain < 0) {
            loop.counters().drop(reason(plain));
            return false;
        }
        IncomingStream stream = from.media().streamOf(packet, plain);
        if (stream == null) {
            loop.counters().drop(DropReason.UNKNOWN_STREAM);
        } else if (RtpHeader.payloadType(packet, 0) != stream.section.payloadType()) {
            loop.counters().drop(DropReason.WRONG_PAYLOAD_TYPE);
        } else {
            accept(from, stream, packet, plain);
        }
        return true;
    }

    private void accept(Session from, IncomingStream stream, byte[] packet, int length) {
        int out = MidMark.copy(packet, length, work);
        int padding = RtpHeader.paddingBytes(packet, 0, length);
        if (out < 0 || padding < 0) {
            loop.counters().drop(DropReason.SRTP_MALFORMED);
            return;
        }
        long now = loop.nowNanos();
        int sequence = RtpHeader.sequence(packet, 0);
        int timestamp = RtpHeader.timestamp(packet, 0);
        stream.packets++;
        stream.bytes += length;
        if (stream.tracker.received(sequence, timestamp, now) == SequenceTracker.RECOVERED) {
            stream.recovered++;
        }
        if (from.media().firstOf(stream.video)) {
            from.firstMedia(stream.video);
        }
        if (stream.muted()) {
            loop.counters().drop(DropReason.MUTED);
            return;
        }
        boolean keyframe = false;
        if (stream.cache != null) {
            stream.cache.store(sequence, work, 0, out);
            int header = RtpHeader.lengthBytes(work, 0, out);
            keyframe = Vp8Payload.startsKeyframe(work, header, out - header - padding);
            if (keyframe) {
                stream.keyframes.arrived();
            }
        } else if (stream.source.equals("microphone")) {
            listen(from, stream, packet, length);
        }
        OutgoingStream[] slots = stream.slots;
        for (int i = 0; i < slots.length; i++) {
            slots[i].forward(work, out, sequence, timestamp, keyframe, now);
        }
    }

    private static void listen(Session from, IncomingStream stream, byte[] packet, int length) {
        int id = stream.section.audioLevelExtId();
        long found = id < 0 ? HeaderExtensions.NONE : HeaderExtensions.find(packet, 0, length, id);
        if (found != HeaderExtensions.NONE && HeaderExtensions.length(found) > 0) {
            from.talker().heard(AudioLevel.dbov(packet[HeaderExtensions.offset(found)]));
        }
    }

    static DropReason reason(int srtpResult) {
        return switch (srtpResult) {
            case SrtpReceiver.AUTHENTICATION_FAILED -> DropReason.SRTP_AUTHENTICATION;
            case SrtpReceiver.REPLAYED -> DropReason.SRTP_REPLAYED;
            case SrtpReceiver.UNKNOWN -> DropReason.UNKNOWN_STREAM;
            default -> DropReason.SRTP_MALFORMED;
        };
    }
}
