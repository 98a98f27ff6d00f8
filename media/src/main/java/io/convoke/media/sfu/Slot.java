package io.convoke.media.sfu;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A media section the client can receive on, and whose stream is on it.
 *
 * @param mid of the section
 * @param kind {@code audio} or {@code video}
 * @param participant whose stream it is; null while the slot is free
 * @param source {@code microphone}, {@code camera}, {@code screen} or {@code screenAudio}; null while the slot is free
 */
public record Slot(
        String mid,
        String kind,
        @Nullable UUID participant,
        @Nullable String source) {}
