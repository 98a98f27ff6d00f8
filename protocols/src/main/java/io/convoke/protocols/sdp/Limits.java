package io.convoke.protocols.sdp;

/**
 * How much of a description is read before it is refused. All bounds are inclusive.
 *
 * @param maxChars whole description, in UTF-16 units (SDP of browsers is ASCII: bytes)
 * @param maxLines lines, blank ones not counted
 * @param maxLineChars one line without its line end
 * @param maxSections media sections, stopped ones included
 */
public record Limits(int maxChars, int maxLines, int maxLineChars, int maxSections) {
    /** Room for 64 sections with everything a browser offers (about 3.6 KB and 100 lines each). */
    public static final Limits DEFAULT = new Limits(262_144, 10_000, 4_096, 64);

    public Limits {
        if (maxChars < 1 || maxLines < 1 || maxLineChars < 1 || maxSections < 1) {
            throw new IllegalArgumentException("Expected limits of at least 1, but some are smaller");
        }
    }
}
