package io.convoke.media.sfu;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** The sessions that see and hear each other. Thread-safe. */
public interface SfuConference {
    UUID id();

    /** A session for a participant, not yet connected: call {@link SfuSession#offer}. */
    SfuSession openSession(UUID participant, SfuSessionListener listener) throws SfuFull;

    /** Tells who is audible, loudest first, whenever that changes (checked every 200 ms). Called on the event loop; one listener at a time. */
    void onSpeaking(Consumer<List<UUID>> listener);

    /** Closes all its sessions. */
    void close();
}
