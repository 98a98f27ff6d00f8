package io.convoke.http.admin;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import io.convoke.http.problem.Problem;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Lets the administrator through, on the machine itself as much as from elsewhere; over plain HTTP only on the machine itself. What changes something must
 * not come from another site's page.
 */
public final class BasicGuard {
    /**
     * The protection space (RFC 7617 §2) of everything for administrators, so that a browser asks once for all of it. Programs written for the original
     * know it by this name.
     */
    public static final String REALM = "acano";

    private final PasswordCheck passwords;
    private final boolean tls;

    /** @param tls whether the server speaks TLS */
    public BasicGuard(PasswordCheck passwords, boolean tls) {
        this.passwords = passwords;
        this.tls = tls;
    }

    /** Empty: go on. Otherwise the refusal. */
    public CompletionStage<Optional<HttpResponse>> check(HttpRequest request) {
        if (!tls && !RequestOrigin.isThisMachine(request)) {
            return refused(Problem.of(
                    403,
                    "tlsRequired",
                    "TLS required",
                    "Passwords are taken on the machine itself (as localhost), and elsewhere over HTTPS only."));
        }
        boolean reads = request.method().isSafe();
        if (!reads && !RequestOrigin.isOwnPage(request)) {
            return refused(Problem.of(
                    403,
                    "foreignOrigin",
                    "Foreign origin",
                    "A page of another site asked for this change. Use the pages of this server, or a program."));
        }
        return passwords.of(request).thenApply(verdict -> switch (verdict) {
            case RIGHT -> Optional.empty();
            case MISSING, WRONG -> Optional.of(unauthorized());
            case BUSY ->
                Optional.of(
                        new Problem(429, "tooManyAttempts", "Too many attempts", "Try again shortly.", null, null, 1)
                                .response());
        });
    }

    /** With no body, for programs written for the original expect none. */
    private static HttpResponse unauthorized() {
        return HttpResponse.create()
                .withStatus(StatusCodes.UNAUTHORIZED)
                .addHeader(RawHeader.create("WWW-Authenticate", "Basic realm=\"" + REALM + "\""))
                .addHeader(RawHeader.create("Cache-Control", "no-store"));
    }

    private static CompletionStage<Optional<HttpResponse>> refused(Problem problem) {
        return CompletableFuture.completedFuture(Optional.of(problem.response()));
    }
}
