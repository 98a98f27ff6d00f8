package io.convoke.http.state;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import io.convoke.http.RequestFacts;
import io.convoke.http.problem.Problem;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Who may see states. Loopback may, as long as the request is really from this machine: it names a loopback host (a page elsewhere that had its name
 * resolve to 127.0.0.1 does not) and no proxy says that it passes it on. All others need TLS and the administrator's password.
 */
final class AdminGuard {
    /** Checks the administrator's credentials. May take long; the password is wiped afterwards. */
    interface Credentials {
        boolean matches(String user, char[] password);
    }

    private static final int CHECKS_AT_ONCE = 2;
    private static final List<String> FORWARDING = List.of("X-Forwarded-For", "X-Real-Ip", "Forwarded", "Via");

    private final Credentials credentials;
    private final boolean tls;
    private final Executor blocking;
    private final Semaphore checks = new Semaphore(CHECKS_AT_ONCE);

    AdminGuard(ActorSystem<?> system, Credentials credentials, boolean tls) {
        this.credentials = credentials;
        this.tls = tls;
        this.blocking = system.dispatchers().lookup(DispatcherSelector.blocking());
    }

    /** Empty: go on. Otherwise the refusal. */
    CompletionStage<Optional<HttpResponse>> check(HttpRequest request) {
        if (isFromThisMachine(request)) {
            return allowed();
        }
        if (!tls) {
            return refused(Problem.of(
                            403,
                            "tlsRequired",
                            "TLS required",
                            "States are shown on the machine itself (as localhost), and elsewhere over HTTPS only.")
                    .response());
        }
        ByteBuffer pair = basic(RequestFacts.header(request, "Authorization"));
        if (pair == null) {
            return refused(unauthorized("Name the administrator and the password."));
        }
        // Checking costs CPU on purpose; so that nobody can buy all of it with guesses, only few are checked at once.
        if (!checks.tryAcquire()) {
            return refused(new Problem(429, "tooManyAttempts", "Too many attempts", "Try again shortly.", null, null, 1)
                    .response());
        }
        return CompletableFuture.supplyAsync(() -> matches(pair), blocking)
                .whenComplete((known, failure) -> checks.release())
                .thenApply(known ->
                        known ? Optional.empty() : Optional.of(unauthorized("The user or the password is wrong.")));
    }

    private static boolean isFromThisMachine(HttpRequest request) {
        boolean loopback =
                RequestFacts.peer(request).map(InetAddress::isLoopbackAddress).orElse(false);
        boolean passedOn =
                FORWARDING.stream().anyMatch(name -> request.getHeader(name).isPresent());
        return loopback && !passedOn && isLoopbackName(request.getUri().host().address());
    }

    private static boolean isLoopbackName(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.matches("127(\\.[0-9]{1,3}){3}")
                || host.equals("::1")
                || host.equals("[::1]");
    }

    /** User, colon and password in UTF-8 (RFC 7617 §2); null where there are none. */
    private static @Nullable ByteBuffer basic(String header) {
        if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return null;
        }
        try {
            return ByteBuffer.wrap(
                    Base64.getDecoder().decode(header.substring(6).trim()));
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private boolean matches(ByteBuffer pair) {
        CharBuffer text = StandardCharsets.UTF_8.decode(pair);
        char[] whole = new char[text.remaining()];
        text.get(whole);
        int colon = 0;
        while (colon < whole.length && whole[colon] != ':') {
            colon++;
        }
        if (colon == whole.length) {
            return false;
        }
        char[] password = Arrays.copyOfRange(whole, colon + 1, whole.length);
        try {
            return credentials.matches(new String(whole, 0, colon), password);
        } finally {
            Arrays.fill(password, '\0');
            Arrays.fill(whole, '\0');
        }
    }

    private static HttpResponse unauthorized(String detail) {
        return Problem.of(401, "unauthorized", "Unauthorized", detail)
                .response()
                .addHeader(RawHeader.create("WWW-Authenticate", "Basic realm=\"Convoke\", charset=\"UTF-8\""));
    }

    private static CompletionStage<Optional<HttpResponse>> allowed() {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    private static CompletionStage<Optional<HttpResponse>> refused(HttpResponse response) {
        return CompletableFuture.completedFuture(Optional.of(response));
    }
}
