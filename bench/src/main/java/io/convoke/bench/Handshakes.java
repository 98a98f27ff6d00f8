package io.convoke.bench;

import io.convoke.media.client.SoftClient;
import io.convoke.media.client.SoftSection;
import io.convoke.media.sfu.MediaState;
import io.convoke.media.sfu.OfferOutcome;
import io.convoke.media.sfu.Sfu;
import io.convoke.media.sfu.SfuConference;
import io.convoke.media.sfu.SfuSession;
import io.convoke.media.sfu.SfuSessionListener;
import io.convoke.media.sfu.SfuSettings;
import io.convoke.media.sfu.Slot;
import io.convoke.protocols.srtp.SrtpProfile;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** DTLS handshakes of a forwarding unit in this process with software clients: the CPU time of its handshake threads. */
final class Handshakes {
    private static final int WARM_UP = 600;
    private static final int MEASURED = 500;
    private static final long PATIENCE_SECONDS = 20;
    private static final List<SoftSection> SECTIONS = List.of(SoftSection.audio("0", "sendrecv", 1));

    private Handshakes() {}

    static void measure(Table table) throws Exception {
        try (Sfu sfu = Sfu.start(SfuSettings.defaults(List.of(InetAddress.getLoopbackAddress()), 0))) {
            for (int i = 0; i < WARM_UP; i++) {
                one(sfu);
            }
            ThreadCpu handshakes = ThreadCpu.of("convoke-dtls");
            ThreadCpu loop = ThreadCpu.of("convoke-media");
            for (int i = 0; i < MEASURED; i++) {
                one(sfu);
            }
            double seconds = handshakes.seconds();
            table.add(
                    "DTLS handshakes per CPU-second of their threads",
                    "%.0f (%.2f ms each)".formatted(MEASURED / seconds, seconds * 1e3 / MEASURED),
                    "");
            table.add(
                    "event loop CPU per call (SDP, ICE, DTLS records, close)",
                    "%.2f ms".formatted(loop.seconds() * 1e3 / MEASURED),
                    "");
        }
    }

    private static void one(Sfu sfu) throws Exception {
        SfuConference conference = sfu.openConference(UUID.randomUUID());
        Connected listener = new Connected(new CompletableFuture<>());
        SfuSession session = conference.openSession(UUID.randomUUID(), listener);
        try (SoftClient client = new SoftClient(SrtpProfile.AEAD_AES_128_GCM, new Arrivals())) {
            OfferOutcome outcome = session.offer(client.offer(SECTIONS), Map.of())
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            client.answered(((OfferOutcome.Answered) outcome).sdp());
            client.connected().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            listener.done().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            session.close();
        }
        conference.close();
    }

    private record Connected(CompletableFuture<MediaState> done) implements SfuSessionListener {
        @Override
        public void mediaState(MediaState state, String detail) {
            if (state == MediaState.CONNECTED) {
                done.complete(state);
            } else if (state == MediaState.FAILED) {
                done.completeExceptionally(new IllegalStateException(detail));
            }
        }

        @Override
        public void slots(List<Slot> slots, int wantedAudio, int wantedVideo) {}

        @Override
        public void firstMedia(String kind) {}
    }
}
