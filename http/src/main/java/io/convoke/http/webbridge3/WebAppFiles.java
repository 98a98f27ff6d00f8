package io.convoke.http.webbridge3;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpCharsets;
import akka.http.javadsl.model.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The web app's files, which are in the program itself; each is read once, when first asked for. */
final class WebAppFiles {
    private static final String ROOT = "/web/";
    /** No empty segment and none that begins with a dot: nothing outside of the folder has such a name. */
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*");

    private static final Map<String, ContentType> TYPES = Map.of(
            "html", ContentTypes.TEXT_HTML_UTF8,
            "css", MediaTypes.TEXT_CSS.toContentType(HttpCharsets.UTF_8),
            "js", MediaTypes.APPLICATION_JAVASCRIPT.toContentType(HttpCharsets.UTF_8),
            "svg", MediaTypes.IMAGE_SVG_XML.toContentType(),
            "json", ContentTypes.APPLICATION_JSON);

    /** One file. The tag is a digest of its content. */
    @SuppressWarnings("ArrayRecordComponent")
    record WebAppFile(byte[] bytes, ContentType type, String tag) {}

    /** Bounded by the files there are. */
    private final Map<String, WebAppFile> files = new ConcurrentHashMap<>();

    /** The file of that name, such as {@code assets/js/main.js}. */
    Optional<WebAppFile> find(String name) {
        WebAppFile known = files.get(name);
        return known != null ? Optional.of(known) : read(name);
    }

    private Optional<WebAppFile> read(String name) {
        ContentType type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null || !NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        try (@Nullable InputStream in = WebAppFiles.class.getResourceAsStream(ROOT + name)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] bytes = in.readAllBytes();
            WebAppFile file = new WebAppFile(bytes, type, tag(bytes));
            files.put(name, file);
            return Optional.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to read " + name + " of the program", e);
        }
    }

    private static String tag(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
