package io.convoke.http.api;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** GUIDs in requests; the JDK's own parser takes much that is none. */
final class Guids {
    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private Guids() {}

    static Optional<UUID> parse(String text) {
        return GUID.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
