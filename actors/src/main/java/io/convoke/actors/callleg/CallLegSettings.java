package io.convoke.actors.callleg;

import java.time.Duration;

/**
 * A call leg's patience.
 *
 * @param openWithin a leg whose session was never opened is removed after this
 * @param disconnectGrace a leg whose connection ended without {@code leave} is kept this long
 */
public record CallLegSettings(Duration openWithin, Duration disconnectGrace) {}
