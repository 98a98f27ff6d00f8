package io.convoke.actors.conference;

import io.convoke.actors.state.ClusterMessage;
import java.util.List;
import java.util.UUID;

/** What a conference tells its instances. */
public sealed interface ToInstance extends ClusterMessage {
    /**
     * The answer to {@link ConferenceCommand.Host} and {@link ConferenceCommand.RenewGrant}. {@code open}: whether the instance may admit, for the length of the lease
     * counted from its question.
     */
    record Granted(long request, long epoch, boolean open, long leaseNanos, UUID correlator) implements ToInstance {}

    /** Lock at once and confirm with {@link ConferenceCommand.LockConfirmed}. */
    record LockNow(long epoch) implements ToInstance {}

    /** The conference is unlocked: ask for a grant. */
    record AskAgain() implements ToInstance {}

    /** Another callbridge hosts the conference. */
    record HostedElsewhere(UUID callbridge) implements ToInstance {}

    /** The conference does not know this instance (any more). */
    record Gone() implements ToInstance {}

    /** Who is in, whole, each time it changes. */
    record Legs(List<ConferenceLeg> legs) implements ToInstance {}

    /** The leg is in. */
    record LegAdded(ConferenceLeg leg) implements ToInstance {}

    /** The leg is not in. */
    record LegRefused(UUID participant, String code, String detail) implements ToInstance {}

    /** The leg is out. */
    record LegRemoved(UUID participant) implements ToInstance {}

    /** The instance is out. */
    record Dropped() implements ToInstance {}

    /** A call leg's entity has lost its memory: start it again. */
    record Remind(UUID participant) implements ToInstance {}
}
