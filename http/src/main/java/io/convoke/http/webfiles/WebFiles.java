package io.convoke.http.webfiles;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpCharsets;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.EntityTag;
import akka.http.javadsl.model.headers.RawHeader;
import io.convoke.http.problem.Problem;
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

/**
 * The files of web app and web admin, which are in the program itself; each is read once, when first asked for. Browsers ask each time whether a file is
 * still the same (its tag says so), because the files' names stay when the program is renewed.
 */
public final class WebFiles {
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
    private record WebFile(byte[] bytes, ContentType type, String tag) {}

    /** Bounded by the files there are. */
    private final Map<String, WebFile> files = new ConcurrentHashMap<>();

    /** The file of that name, such as {@code assets/js/main.js}, or 404. */
    public HttpResponse answer(HttpRequest request, String name) {
        return find(name)
                .map(file -> answer(request, file))
                .orElseGet(
                        () -> Problem.notFound("The web app has no such file.").response())
                .addHeader(RawHeader.create("X-Content-Type-Options", "nosniff"))
                .addHeader(RawHeader.create("Cross-Origin-Resource-Policy", "same-origin"));
    }

    private static HttpResponse answer(HttpRequest request, WebFile file) {
        String tag = EntityTag.create(file.tag(), false).toString();
        boolean known = request.getHeader("If-None-Match")
                .map(header -> header.value().contains(tag) || header.value().equals("*"))
                .orElse(false);
        HttpResponse response = known
                ? HttpResponse.create().withStatus(StatusCodes.NOT_MODIFIED)
                : HttpResponse.create().withEntity(HttpEntities.create(file.type(), file.bytes()));
        return response.addHeader(RawHeader.create("ETag", tag))
                .addHeader(RawHeader.create("Cache-Control", "no-cache"));
    }

    private Optional<WebFile> find(String name) {
        WebFile known = files.get(name);
        return known != null ? Optional.of(known) : read(name);
    }

    private Optional<WebFile> read(String name) {
        ContentType type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null || !NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        try (@Nullable InputStream in = WebFiles.class.getResourceAsStream(ROOT + name)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] bytes = in.readAllBytes();
            WebFile file = new WebFile(bytes, type, tag(bytes));
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
