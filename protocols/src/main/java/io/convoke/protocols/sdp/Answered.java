package io.convoke.protocols.sdp;

/**
 * An offer that was taken.
 *
 * @param sdp the answer, lines ended by CRLF; holds our ICE password, so not for logs
 * @param negotiated what both sides now agree on
 */
public record Answered(String sdp, Negotiated negotiated) implements AnswerResult {
    @Override
    public String toString() {
        return "Answered[" + negotiated + "]";
    }
}
