package io.convoke.media.sfu;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session at one moment.
 *
 * @param state how far the peer connection got
 * @param iceState the ICE agent's word: NEW, CHECKING, CONNECTED, DISCONNECTED
 * @param remoteAddress the selected remote address and port
 * @param dtlsVersion such as {@code DTLS 1.2}; null before the handshake ends
 * @param incoming streams that the client sends
 * @param outgoing the slots of the client
 */
public record SessionSnapshot(
        MediaState state,
        String iceState,
        @Nullable String remoteAddress,
        @Nullable String dtlsVersion,
        @Nullable String dtlsCipher,
        @Nullable String srtpProfile,
        List<StreamStats> incoming,
        List<StreamStats> outgoing) {

    /**
     * One stream's counters.
     *
     * @param mid of its media section
     * @param kind {@code audio} or {@code video}
     * @param ssrc unsigned
     * @param lost incoming: packets that never came; outgoing: as the client reports
     * @param jitterMillis incoming: as measured; outgoing: as the client reports
     * @param nacks sequence numbers asked for again: by us (incoming), by the client (outgoing)
     * @param plis keyframe requests: sent (incoming), received (outgoing)
     * @param retransmitted packets resent to the client; incoming: late packets that filled a gap
     */
    public record StreamStats(
            String mid,
            String kind,
            String codec,
            long ssrc,
            long packets,
            long bytes,
            long lost,
            double jitterMillis,
            long nacks,
            long plis,
            long retransmitted) {}
}
