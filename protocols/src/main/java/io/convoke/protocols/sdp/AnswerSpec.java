package io.convoke.protocols.sdp;

import java.util.List;
import java.util.function.IntFunction;

/**
 * Our side of an answer.
 *
 * @param iceUfrag 4 to 256 ICE characters, the same for all answers of a session
 * @param icePwd 22 to 256 ICE characters
 * @param fingerprint {@code sha-256 AB:CD:...} of our certificate
 * @param candidateLines {@code candidate:1 1 udp ...}, with or without {@code a=} in front, best first
 * @param sessionId 0 to 2^63-1, the same for all answers of a session
 * @param sessionVersion one more with each answer
 * @param cname RFC 3550 §6.5.1 name for what we send
 * @param slotSsrc m-line index to the SSRC we send with there; asked only for accepted sections the client receives on
 * @param limits for offers given as text
 */
public record AnswerSpec(
        String iceUfrag,
        String icePwd,
        String fingerprint,
        List<String> candidateLines,
        long sessionId,
        long sessionVersion,
        String cname,
        IntFunction<Integer> slotSsrc,
        Limits limits) {
    public AnswerSpec {
        candidateLines = List.copyOf(candidateLines);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "AnswerSpec[iceUfrag=" + iceUfrag + ", sessionId=" + sessionId + ", sessionVersion=" + sessionVersion
                + "]";
    }
}
