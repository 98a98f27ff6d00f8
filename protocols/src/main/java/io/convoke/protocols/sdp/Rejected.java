package io.convoke.protocols.sdp;

/**
 * A description that was not taken, in words for whoever wrote it.
 *
 * @param code stable, for programs: camel case, for instance {@code noBundle}
 * @param expected what would have been right
 * @param found what stood there, at most {@value #MAX_FOUND_CHARS} printable ASCII characters; never an ICE password
 */
public record Rejected(String code, String expected, String found) implements SdpResult, AnswerResult {
    static final int MAX_FOUND_CHARS = 120;

    /** Cuts and cleans {@code found}, which may be anything a peer sent. */
    public Rejected {
        var clean = new StringBuilder();
        for (int i = 0; i < Math.min(found.length(), MAX_FOUND_CHARS); i++) {
            char c = found.charAt(i);
            clean.append(c >= ' ' && c < 0x7f ? c : '?');
        }
        found = clean.toString();
    }
}
