package io.convoke.actors.callleg;

import java.time.Instant;
import java.util.UUID;

/** One participant as the others see it. */
public record RosterEntry(
        UUID participant, String name, boolean audioMuted, boolean videoMuted, boolean sharing, Instant joinedAt) {}
