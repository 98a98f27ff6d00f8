package io.convoke.actors.conference;

import io.convoke.actors.space.Space;
import java.util.Optional;

/** Whether a conference takes one more participant. */
final class AdmitLegRule {
    private AdmitLegRule() {}

    /** Why not; {@code code} is one of the client protocol's join errors. */
    record Refusal(String code, String detail) {}

    /** Empty: it does. */
    static Optional<Refusal> decide(ConferenceState state, Space space) {
        if (space.locked() || state.locked()) {
            return Optional.of(new Refusal(
                    "locked",
                    "The meeting \"" + space.name()
                            + "\" is locked. Ask somebody inside, or whoever invited you, to unlock it."));
        }
        if (state.legs().size() >= space.participantLimit()) {
            return Optional.of(new Refusal(
                    "full",
                    "The meeting \"" + space.name() + "\" has reached its limit of " + space.participantLimit()
                            + " participants. Try again when somebody has left."));
        }
        return Optional.empty();
    }
}
