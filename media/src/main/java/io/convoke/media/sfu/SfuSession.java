package io.convoke.media.sfu;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/** One participant's peer connection. Thread-safe: every call is handed over to the event loop. Stages complete on the event loop. */
public interface SfuSession {
    /**
     * The first offer or any later one. {@code sources} maps the mid of sending sections to {@code microphone}, {@code camera},
     * {@code screen} or {@code screenAudio}; by default the first audio is the microphone and the first video the camera.
     */
    CompletionStage<OfferOutcome> offer(String sdp, Map<String, String> sources);

    /** While muted, nothing of that medium is forwarded (a shared screen counts as neither). */
    void mute(boolean audio, boolean video);

    /** The state and the counters of this moment; of a closed session, those of its end. */
    CompletionStage<SessionSnapshot> snapshot();

    /** Ends the session and frees everything it held. The listener hears nothing after it. */
    void close();
}
