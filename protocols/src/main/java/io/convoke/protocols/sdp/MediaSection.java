package io.convoke.protocols.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One {@code m=} line and what belongs to it (RFC 8866 §5.14).
 *
 * @param media {@code audio}, {@code video}, {@code application} or another token
 * @param port 0 to 65535; 0 means stopped, or, together with {@code a=bundle-only}, "in the bundle or not at all" (RFC 9143 §6)
 * @param protocol for instance {@code UDP/TLS/RTP/SAVPF}
 * @param formats payload types as text for RTP, never empty
 * @param connection value of the {@code c=} line, the session's where the section has none
 */
public record MediaSection(
        String media, int port, String protocol, List<String> formats, String connection, List<Attribute> attributes) {
    public MediaSection {
        formats = List.copyOf(formats);
        attributes = List.copyOf(attributes);
    }

    /** Values of all attributes with that name, in order. */
    public List<String> values(String name) {
        return Attribute.values(attributes, name);
    }

    /** Value of the first attribute with that name; null when there is none. */
    public @Nullable String value(String name) {
        List<String> all = values(name);
        return all.isEmpty() ? null : all.get(0);
    }

    public boolean has(String name) {
        return value(name) != null;
    }

    /** The section's identification (RFC 5888 §4); null when it has none. */
    public @Nullable String mid() {
        return value("mid");
    }

    Kind kind() {
        return switch (media) {
            case "audio" -> Kind.AUDIO;
            case "video" -> Kind.VIDEO;
            default -> Kind.OTHER;
        };
    }

    /** Switched off by the offerer for good, so that only port 0 may answer it. */
    boolean stopped() {
        return port == 0 && !has("bundle-only");
    }
}
