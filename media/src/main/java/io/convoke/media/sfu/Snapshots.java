package io.convoke.media.sfu;

import io.convoke.protocols.dtls.DtlsResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a session's counters into words and numbers for people. */
final class Snapshots {
    private Snapshots() {}

    static SessionSnapshot of(
            Session session, MediaState state, SessionIce ice, @Nullable DtlsResult secured, SessionMedia media) {
        List<SessionSnapshot.StreamStats> incoming = session.media().incoming().stream()
                .filter(stream -> stream.bound)
                .map(Snapshots::of)
                .toList();
        List<SessionSnapshot.StreamStats> outgoing =
                media.slots().stream().map(Snapshots::of).toList();
        return new SessionSnapshot(
                state,
                ice.stateText(),
                ice.remoteText(),
                secured == null ? null : secured.protocol(),
                secured == null ? null : secured.cipherSuite(),
                secured == null ? null : secured.keys().profile().name(),
                incoming,
                outgoing);
    }

    private static SessionSnapshot.StreamStats of(IncomingStream stream) {
        return new SessionSnapshot.StreamStats(
                stream.mid,
                stream.video ? "video" : "audio",
                stream.section.codec(),
                Integer.toUnsignedLong(stream.ssrc),
                stream.packets,
                stream.bytes,
                stream.tracker.cumulativeLost(),
                millis(stream.tracker.jitter(), stream.clockRateHz),
                stream.nacks,
                stream.plis,
                stream.recovered);
    }

    private static SessionSnapshot.StreamStats of(OutgoingStream slot) {
        return new SessionSnapshot.StreamStats(
                slot.mid,
                slot.video ? "video" : "audio",
                slot.codec,
                Integer.toUnsignedLong(slot.ssrc),
                slot.packets,
                slot.bytes,
                slot.reportedLost,
                millis(slot.reportedJitter, slot.clockRateHz()),
                slot.nacks,
                slot.plis,
                slot.resent);
    }

    private static double millis(int timestampUnits, int clockRateHz) {
        return Integer.toUnsignedLong(timestampUnits) * 1000.0 / clockRateHz;
    }
}
