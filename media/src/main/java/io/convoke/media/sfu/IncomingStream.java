package io.convoke.media.sfu;

import io.convoke.protocols.rtp.SequenceTracker;
import io.convoke.protocols.sdp.Kind;
import io.convoke.protocols.sdp.Section;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a client sends in one media section, and the slots of others it goes to. Touched on the event loop only. */
final class IncomingStream {
    private static final OutgoingStream[] NOBODY = {};
    private static final int MOST_MISSING = 256;

    final Session session;
    final String mid;
    final boolean video;
    final int clockRateHz;
    private final int resendCachePackets;

    /** {@code microphone}, {@code camera}, {@code screen} or {@code screenAudio}. */
    String source;

    Section section;
    OutgoingStream[] slots = NOBODY;

    /** Whether the client's SSRC is known; until then it is looked for in the packets. */
    boolean bound;

    int ssrc;
    SequenceTracker tracker;
    final @Nullable ResendCache cache;
    final KeyframePolicy keyframes = new KeyframePolicy();

    long packets;
    long bytes;
    long nacks;
    long plis;
    long recovered;
    /** The middle 32 bits of the last sender report's NTP time, 0 before the first, and when it came. */
    int lastSenderReport;

    long lastSenderReportNanos;

    IncomingStream(Session session, Section section, String source, int resendCachePackets) {
        this.session = session;
        this.section = section;
        this.source = source;
        this.resendCachePackets = resendCachePackets;
        mid = section.mid();
        video = section.kind() == Kind.VIDEO;
        clockRateHz = video ? 90_000 : 48_000;
        cache = video ? new ResendCache(resendCachePackets) : null;
        tracker = newTracker();
    }

    /** The client sends this stream with that SSRC from now on; everything learnt from another is forgotten. */
    void bind(int newSsrc) {
        if (bound && ssrc == newSsrc) {
            return;
        }
        ssrc = newSsrc;
        if (bound) {
            tracker = newTracker();
            lastSenderReport = 0;
            if (cache != null) {
                cache.clear();
            }
            interrupt();
        }
        bound = true;
    }

    /** What comes next does not continue what came before: every slot starts a new segment, video with a keyframe. */
    void interrupt() {
        for (OutgoingStream slot : slots) {
            slot.interrupt();
        }
    }

    /** The media kind that the client's mute state speaks of; a shared screen is neither. */
    boolean muted() {
        return switch (source) {
            case "microphone" -> session.audioMuted();
            case "camera" -> session.videoMuted();
            default -> false;
        };
    }

    void add(OutgoingStream slot) {
        OutgoingStream[] more = Arrays.copyOf(slots, slots.length + 1);
        more[slots.length] = slot;
        slots = more;
    }

    void remove(OutgoingStream slot) {
        slots = Arrays.stream(slots).filter(other -> other != slot).toArray(OutgoingStream[]::new);
    }

    private SequenceTracker newTracker() {
        return new SequenceTracker(clockRateHz, video ? Math.min(MOST_MISSING, resendCachePackets) : 1);
    }
}
