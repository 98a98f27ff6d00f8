package io.convoke.actors.callleg;

import java.time.Duration;

/**
 * A call leg's patience, and what it tells clients of the limits of media.
 *
 * @param openWithin a leg whose session was never opened is removed after this
 * @param disconnectGrace a leg whose connection ended without {@code leave} is kept this long
 * @param mediaSections most media sections in one offer, told with {@code welcome}
 */
public record CallLegSettings(Duration openWithin, Duration disconnectGrace, int mediaSections) {}
