package io.convoke.actors.relayadmin;

import io.convoke.actors.state.ClusterMessage;

/** The answer to a {@link RelayRequest}; {@code json} is an object where it was {@code DONE}, and empty or words for people otherwise. */
public record RelayReply(Outcome outcome, String json) implements ClusterMessage {
    /** What came of it. */
    public enum Outcome {
        DONE,
        /** There is no such relay; only {@link RelayAdmin} says that. */
        UNKNOWN_RELAY,
        /** The relay has no such allocation, or no longer. */
        UNKNOWN_ALLOCATION,
        /** The request makes no sense. */
        REFUSED,
        /** The relay does not listen at the moment, or did not answer in time. */
        UNAVAILABLE
    }

    public static RelayReply done(String json) {
        return new RelayReply(Outcome.DONE, json);
    }

    public static RelayReply of(Outcome outcome) {
        return new RelayReply(outcome, "");
    }
}
