package io.convoke.actors.conference;

import io.convoke.actors.state.ClusterMessage;
import java.util.UUID;

/** What happened to a conference, as the event journal keeps it. */
public sealed interface ConferenceEvent extends ClusterMessage {
    /** A callbridge hosts an instance from now on; the grant it got is of that epoch. */
    record InstanceHosted(HostedInstance instance, UUID correlator, long epoch) implements ConferenceEvent {}

    /** An instance is no more, and neither are its legs. */
    record InstanceDropped(UUID conference, String reason) implements ConferenceEvent {}

    /** A participant is in. */
    record LegAdded(ConferenceLeg leg) implements ConferenceEvent {}

    /** A participant is out. */
    record LegRemoved(UUID participant, String reason) implements ConferenceEvent {}

    /** The lock changed, or a lapsed grant is given anew. */
    record EpochRaised(long epoch, boolean locked) implements ConferenceEvent {}
}
