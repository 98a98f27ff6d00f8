package io.convoke.actors.conference;

import java.util.List;
import java.util.UUID;

/** What a conference has done to call legs and guest accounts. */
public interface ConferencePort {
    /** The leg is over because its callbridge is gone; the guest account goes with it. */
    void lost(UUID space, ConferenceLeg leg, String detail);

    /** Who is in, and whether nobody else may come: the space's chat is told. Said at each change, and when asked for. */
    void roster(UUID space, List<ConferenceLeg> legs, boolean locked);

    /** No such leg. */
    void noSuchLeg(UUID participant);
}
