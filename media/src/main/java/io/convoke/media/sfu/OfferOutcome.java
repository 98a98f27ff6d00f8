package io.convoke.media.sfu;

/** What became of an SDP offer. */
public sealed interface OfferOutcome {
    /** Taken; {@code sdp} is the answer. */
    record Answered(String sdp) implements OfferOutcome {}

    /** Refused, and the session is as it was before. {@code code} is stable; the others are for people. */
    record Rejected(String code, String expected, String found) implements OfferOutcome {}
}
