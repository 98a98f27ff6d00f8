package io.convoke.actors.callbridge;

import io.convoke.actors.space.Space;

/** Why an instance does not admit, for people. */
final class AdmissionWords {
    static final String TOO_BUSY = "Too many people are joining at once. Try again in a few seconds.";
    static final String NO_LEG = "The callbridge could not start the call leg in time. Try again.";

    private AdmissionWords() {}

    static String locked(Space space) {
        return "The meeting \"" + space.name()
                + "\" is locked. Ask somebody inside, or whoever invited you, to unlock it.";
    }

    static String noConsensus(Space space) {
        return "The meeting \"" + space.name()
                + "\" is locked for the moment, because its callbridges cannot agree. Try again in a few seconds.";
    }
}
