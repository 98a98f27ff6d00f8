package io.convoke.http.webbridge3;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.PathMatchers;
import akka.http.javadsl.server.Route;
import io.convoke.http.webfiles.WebFiles;
import java.util.List;
import java.util.regex.Pattern;

/** The web app: its start page, the meeting page under every {@code /meeting/…} address, and what they load. */
public final class WebAppRoutes extends AllDirectives {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+|\\[[0-9a-fA-F:.]+]");

    private final WebFiles files = new WebFiles();
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
                        name -> get(
                                () -> extractRequest(request -> complete(files.answer(request, "assets/" + name))))));
    }

    private HttpResponse page(HttpRequest request, String name) {
        return files.answer(request, name)
                .addHeaders(List.of(
                        RawHeader.create("Content-Security-Policy", policy(request)),
                        RawHeader.create("Referrer-Policy", "no-referrer"),
                        RawHeader.create(
                                "Permissions-Policy",
                                "camera=(self), microphone=(self), display-capture=(self), autoplay=(self), "
                                        + "screen-wake-lock=(self), fullscreen=(self), geolocation=()"),
                        RawHeader.create("Cross-Origin-Opener-Policy", "same-origin")));
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
