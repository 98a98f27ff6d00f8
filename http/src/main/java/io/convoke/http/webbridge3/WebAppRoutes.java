package io.convoke.http.webbridge3;

import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.EntityTag;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.PathMatchers;
import akka.http.javadsl.server.Route;
import io.convoke.http.problem.Problem;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The web app: its start page, the meeting page under every {@code /meeting/…} address, and what they load. Browsers ask each time whether a file is
 * still the same (its tag says so), because the files' names stay when the program is renewed.
 */
public final class WebAppRoutes extends AllDirectives {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+|\\[[0-9a-fA-F:.]+]");

    private final WebAppFiles files = new WebAppFiles();
    private final String frameAncestors;

    /** @param frameAncestors who may show the pages in a frame, as the Content-Security-Policy takes it: {@code 'none'}, {@code 'self'} or origins */
    public WebAppRoutes(String frameAncestors) {
        if (!frameAncestors.matches("[\\x21-\\x7e&&[^;,]]+( [\\x21-\\x7e&&[^;,]]+)*")) {
            throw new IllegalArgumentException("Expected 'none', 'self' or origins, but found " + frameAncestors);
        }
        this.frameAncestors = frameAncestors;
    }

    public Route route() {
        return concat(
                pathEndOrSingleSlash(() -> get(() -> extractRequest(request -> complete(page(request, "index.html"))))),
                path(
                        PathMatchers.segment("meeting").slash(PathMatchers.remaining()),
                        meeting -> get(() -> extractRequest(request -> complete(page(request, "meeting.html"))))),
                path(
                        PathMatchers.segment("assets").slash(PathMatchers.remaining()),
                        name -> get(() -> extractRequest(request -> complete(file(request, "assets/" + name))))));
    }

    private HttpResponse page(HttpRequest request, String name) {
        return file(request, name)
                .addHeaders(List.of(
                        RawHeader.create("Content-Security-Policy", policy(request)),
                        RawHeader.create("Referrer-Policy", "no-referrer"),
                        RawHeader.create(
                                "Permissions-Policy",
                                "camera=(self), microphone=(self), display-capture=(self), autoplay=(self), "
                                        + "screen-wake-lock=(self), fullscreen=(self), geolocation=()"),
                        RawHeader.create("Cross-Origin-Opener-Policy", "same-origin")));
    }

    private HttpResponse file(HttpRequest request, String name) {
        return files.find(name)
                .map(file -> answer(request, file))
                .orElseGet(
                        () -> Problem.notFound("The web app has no such file.").response())
                .addHeader(RawHeader.create("X-Content-Type-Options", "nosniff"))
                .addHeader(RawHeader.create("Cross-Origin-Resource-Policy", "same-origin"));
    }

    private static HttpResponse answer(HttpRequest request, WebAppFiles.WebAppFile file) {
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

    /** Some browsers do not count a WebSocket to the page's own host as {@code 'self'}. */
    private String policy(HttpRequest request) {
        String host = request.getUri().host().address();
        int port = request.getUri().port();
        String sockets =
                HOST.matcher(host).matches() ? " ws://" + host + ":" + port + " wss://" + host + ":" + port : "";
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
                + "media-src 'self' blob: mediastream:; connect-src 'self'" + sockets
                + "; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors "
                + frameAncestors;
    }
}
