package io.convoke.actors.conference;

import io.convoke.actors.state.ClusterMessage;
import java.time.Instant;
import java.util.UUID;

/** A participant of a conference, as the conference keeps it. {@code instance} is the internal GUID of the instance that hosts the media. */
public record ConferenceLeg(
        UUID participant, String user, String name, UUID session, long loginRequest, UUID instance, Instant joinedAt)
        implements ClusterMessage {}
