package io.convoke.protocols.sdp;

import java.util.List;

/**
 * A session description (RFC 8866): what WebRTC uses of it. Lines other than {@code o= c= m= a=} are checked for form and dropped.
 *
 * @param attributes those before the first media section
 * @param sections in the order of the {@code m=} lines; the position is the m-line index
 */
public record Sdp(Origin origin, List<Attribute> attributes, List<MediaSection> sections) {
    public Sdp {
        attributes = List.copyOf(attributes);
        sections = List.copyOf(sections);
    }

    /** Reads a description; never throws, whatever the text. Lines may end in CRLF or LF. */
    public static SdpResult parse(String text, Limits limits) {
        return new SdpParser(text, limits).parse();
    }

    /** The description as text, lines ended by CRLF. */
    public String write() {
        var out = new StringBuilder(512 + 512 * sections.size());
        line(line(line(line(out, "v=0"), origin.line()), "s=-"), "t=0 0");
        attributes.forEach(a -> line(out, a.line()));
        for (MediaSection section : sections) {
            line(
                    out,
                    "m=" + section.media() + " " + section.port() + " " + section.protocol() + " "
                            + String.join(" ", section.formats()));
            line(out, "c=" + section.connection());
            section.attributes().forEach(a -> line(out, a.line()));
        }
        return out.toString();
    }

    List<String> values(String name) {
        return Attribute.values(attributes, name);
    }

    private static StringBuilder line(StringBuilder out, String line) {
        return out.append(line).append("\r\n");
    }
}
