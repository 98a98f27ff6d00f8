package io.convoke.http.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An address within the API.
 *
 * @param segments what follows the base, decoded, as it was written
 * @param canonical the same in lower case, with {@code *} for an identifier
 */
record ApiPath(List<String> segments, String canonical) {
    private static final String BASE = "api/v1";
    private static final Set<String> WITHOUT_BASE = Set.of("configuration/xmpp", "system/configuration/xmpp");
    private static final Set<String> COLLECTIONS = Set.of("xmppcallbridges", "users");

    /** Null where the path is not the API's. */
    static @Nullable ApiPath of(String path) {
        String plain = path.replaceAll("^/", "").replaceAll("/$", "");
        String lower = plain.toLowerCase(Locale.ROOT);
        boolean bare = WITHOUT_BASE.contains(lower);
        if (!bare && !lower.equals(BASE) && !lower.startsWith(BASE + "/")) {
            return null;
        }
        String rest = bare ? plain : plain.substring(Math.min(plain.length(), BASE.length() + 1));
        List<String> segments =
                Arrays.stream(rest.split("/", -1)).map(ApiPath::decoded).toList();
        boolean item =
                segments.size() == 2 && COLLECTIONS.contains(segments.get(0).toLowerCase(Locale.ROOT));
        String canonical = item ? segments.get(0).toLowerCase(Locale.ROOT) + "/*" : rest.toLowerCase(Locale.ROOT);
        return new ApiPath(segments, canonical);
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return segment;
        }
    }
}
