package io.convoke.http.admin;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.http.javadsl.model.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Compares the credentials of requests. Checking costs CPU on purpose; so that nobody can buy all of it with guesses, only few are checked at once. */
public final class PasswordCheck {
    /** Checks the administrator's credentials. May take long; the password is wiped afterwards. */
    public interface Credentials {
        boolean matches(String user, char[] password);
    }

    /** What became of a check; {@code BUSY} was not checked. */
    public enum Verdict {
        RIGHT,
        WRONG,
        MISSING,
        BUSY
    }

    private static final int CHECKS_AT_ONCE = 2;
    private static final int LONGEST_HEADER = 2048;

    private final Credentials credentials;
    private final Executor blocking;
    private final Semaphore checks = new Semaphore(CHECKS_AT_ONCE);

    public PasswordCheck(ActorSystem<?> system, Credentials credentials) {
        this.credentials = credentials;
        this.blocking = system.dispatchers().lookup(DispatcherSelector.blocking());
    }

    public CompletionStage<Verdict> of(HttpRequest request) {
        ByteBuffer pair = request.getHeader("Authorization")
                .map(header -> basic(header.value()))
                .orElse(null);
        if (pair == null) {
            return CompletableFuture.completedFuture(Verdict.MISSING);
        }
        if (!checks.tryAcquire()) {
            return CompletableFuture.completedFuture(Verdict.BUSY);
        }
        return CompletableFuture.supplyAsync(() -> matches(pair), blocking)
                .whenComplete((known, failure) -> checks.release())
                .thenApply(known -> known ? Verdict.RIGHT : Verdict.WRONG);
    }

    /** User, colon and password in UTF-8 (RFC 7617 §2); null where there are none. */
    private static @Nullable ByteBuffer basic(String header) {
        if (header.length() > LONGEST_HEADER || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
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
}
