package io.convoke.http.webadmin;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.PathMatchers;
import akka.http.javadsl.server.Route;
import io.convoke.http.admin.BasicGuard;
import io.convoke.http.problem.Problem;
import io.convoke.http.webfiles.WebFiles;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code /admin/…}: the pages, for the administrator only, and what they load, for anybody. */
public final class WebAdminRoutes extends AllDirectives {
    private static final String FIRST_PAGE = "/admin/configuration/general";

    private final WebFiles files = new WebFiles();
    private final BasicGuard guard;

    public WebAdminRoutes(BasicGuard guard) {
        this.guard = guard;
    }

    public Route routes() {
        return get(() -> extractRequest(request -> concat(
                pathPrefix(
                        "admin",
                        () -> concat(
                                pathEndOrSingleSlash(() -> completeWithFuture(guarded(request, firstPage()))),
                                path(
                                        PathMatchers.segment("files").slash(PathMatchers.remaining()),
                                        name -> complete(files.answer(request, "admin/" + name))),
                                path(
                                        PathMatchers.segment("configuration").slash("general"),
                                        () -> completeWithFuture(guarded(request, page(request, "general.html")))),
                                completeWithFuture(guarded(
                                        request,
                                        Problem.notFound("The web admin has no such page.")
                                                .response())))),
                // Shared with the web app, which a node without a web bridge does not serve.
                path(
                        PathMatchers.segment("assets").slash(PathMatchers.remaining()),
                        name -> complete(files.answer(request, "assets/" + name))))));
    }

    private CompletionStage<HttpResponse> guarded(HttpRequest request, HttpResponse response) {
        return guard.check(request).thenApply(refusal -> refusal.orElse(response));
    }

    private static HttpResponse firstPage() {
        return HttpResponse.create()
                .withStatus(StatusCodes.SEE_OTHER)
                .addHeader(RawHeader.create("Location", FIRST_PAGE))
                .addHeader(RawHeader.create("Cache-Control", "no-store"));
    }

    private HttpResponse page(HttpRequest request, String name) {
        return files.answer(request, "admin/" + name)
                .addHeaders(List.of(
                        RawHeader.create(
                                "Content-Security-Policy",
                                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                                        + "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"),
                        RawHeader.create("Referrer-Policy", "no-referrer"),
                        RawHeader.create("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
                        RawHeader.create("Cross-Origin-Opener-Policy", "same-origin")));
    }
}
