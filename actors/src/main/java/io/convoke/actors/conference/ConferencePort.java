package io.convoke.actors.conference;

import java.util.UUID;

/** What a conference has done to call legs and guest accounts. */
public interface ConferencePort {
    /** The leg is over because its callbridge is gone; the guest account goes with it. */
    void lost(UUID space, ConferenceLeg leg, String detail);

    /** No such leg. */
    void noSuchLeg(UUID participant);
}
