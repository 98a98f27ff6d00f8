package io.convoke.actors.webbridge;

import io.convoke.actors.c2w.C2wFailure;
import io.convoke.actors.c2w.JwtVerifier;
import io.convoke.actors.c2w.SessionToken;
import io.convoke.actors.webbridge.SessionOutcome.SessionRefused;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Judges the token that a session is opened with. */
final class TokenDesk {
    /** What came of it. */
    sealed interface Verdict {}

    /** Good, and its callbridge is there. */
    record Opened(SessionToken token, LinkTable.Link link) implements Verdict {}

    /** Not good, or nobody there for it. */
    record Refused(SessionRefused why) implements Verdict {}

    private TokenDesk() {}

    /** {@code trouble}: what kept the last callbridge away. */
    static Verdict judge(String token, LinkTable links, @Nullable C2wFailure trouble, Instant now) {
        Optional<UUID> issuer = JwtVerifier.callbridgeOf(token);
        if (issuer.isEmpty()) {
            return refused("badToken", "The token is not one of ours.");
        }
        Optional<JwtVerifier> key = links.key(issuer.get());
        if (key.isEmpty()) {
            return links.leastLoaded().isEmpty()
                    ? unavailable(trouble)
                    : refused("badToken", "No callbridge here has made the token.");
        }
        JwtVerifier.Verdict verdict = key.get().verify(token, now);
        if (verdict instanceof JwtVerifier.Expired expired) {
            return refused("tokenExpired", "The token expired at " + expired.at() + ": join again.");
        }
        if (!(verdict instanceof JwtVerifier.Genuine genuine)) {
            return refused("badToken", verdict instanceof JwtVerifier.Bad bad ? bad.words() : "The token is no good.");
        }
        Optional<LinkTable.Link> link = links.to(issuer.get());
        return link.isPresent() ? new Opened(genuine.token(), link.get()) : unavailable(trouble);
    }

    private static Refused refused(String code, String detail) {
        return new Refused(new SessionRefused(code, detail, LastWords.NOT_AUTHENTICATED));
    }

    private static Refused unavailable(@Nullable C2wFailure trouble) {
        return new Refused(new SessionRefused(
                "callbridgeUnavailable", Refusals.noCallbridgeWords(trouble), LastWords.CALLBRIDGE_LOST));
    }
}
