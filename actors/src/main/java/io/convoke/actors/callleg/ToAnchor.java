package io.convoke.actors.callleg;

import akka.actor.typed.ActorRef;
import io.convoke.actors.state.ClusterMessage;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a call leg tells the conference instance that its media is anchored on. */
public sealed interface ToAnchor extends ClusterMessage {
    UUID participant();

    /** An SDP offer; answered by {@link FromAnchor.OfferAnswered} or {@link FromAnchor.OfferRefused} with the same {@code offer}. */
    record Offer(UUID participant, long offer, String sdp, Map<String, String> sources) implements ToAnchor {}

    /** What the client has switched off; null leaves it as it is. */
    record Presence(
            UUID participant,
            @Nullable Boolean audioMuted,
            @Nullable Boolean videoMuted) implements ToAnchor {}

    /** The client's connection came ({@code entry} is where to reach it) or went (null), so that a leg that moves can be told. */
    record Attached(
            UUID participant,
            @Nullable UUID connection,
            @Nullable ActorRef<ToEntry> entry) implements ToAnchor {}

    /** The leg is over, for a reason that people read. */
    record Leaves(UUID participant, String reason) implements ToAnchor {}

    /** The entity has moved and lost its memory; answered by {@link CallLeg.Start}. */
    record Remind(UUID participant) implements ToAnchor {}

    /** Asks for the media's state as a JSON object. */
    record Describe(UUID participant, ActorRef<Description> replyTo) implements ToAnchor {}

    /** A JSON object. */
    record Description(UUID participant, String json) implements ClusterMessage {}
}
