package io.convoke.http.state;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import io.convoke.http.admin.BasicGuard;
import io.convoke.http.admin.PasswordCheck;
import io.convoke.http.admin.RequestOrigin;
import io.convoke.http.problem.Problem;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Who may see states. The machine itself may; all others need TLS and the administrator's password. */
final class AdminGuard {
    private final PasswordCheck passwords;
    private final boolean tls;

    AdminGuard(PasswordCheck passwords, boolean tls) {
        this.passwords = passwords;
        this.tls = tls;
    }

    /** Empty: go on. Otherwise the refusal. */
    CompletionStage<Optional<HttpResponse>> check(HttpRequest request) {
        if (RequestOrigin.isThisMachine(request)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        if (!tls) {
            return CompletableFuture.completedFuture(Optional.of(Problem.of(
                            403,
                            "tlsRequired",
                            "TLS required",
                            "States are shown on the machine itself (as localhost), and elsewhere over HTTPS only.")
                    .response()));
        }
        return passwords.of(request).thenApply(verdict -> switch (verdict) {
            case RIGHT -> Optional.empty();
            case MISSING -> Optional.of(unauthorized("Name the administrator and the password."));
            case WRONG -> Optional.of(unauthorized("The user or the password is wrong."));
            case BUSY ->
                Optional.of(
                        new Problem(429, "tooManyAttempts", "Too many attempts", "Try again shortly.", null, null, 1)
                                .response());
        });
    }

    private static HttpResponse unauthorized(String detail) {
        return Problem.of(401, "unauthorized", "Unauthorized", detail)
                .response()
                .addHeader(RawHeader.create(
                        "WWW-Authenticate", "Basic realm=\"" + BasicGuard.REALM + "\", charset=\"UTF-8\""));
    }
}
