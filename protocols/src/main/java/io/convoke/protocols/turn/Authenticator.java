package io.convoke.protocols.turn;

import io.convoke.protocols.stun.NonceCookie;
import io.convoke.protocols.stun.PasswordAlgorithm;
import io.convoke.protocols.stun.PasswordAlgorithms;
import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunError;
import io.convoke.protocols.stun.StunIntegrity;
import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.stun.StunWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The long-term credential mechanism, server's side (RFC 8489 §9.2.4), the checks in the RFC's order. */
final class Authenticator {
    private static final PasswordAlgorithms OFFERED =
            new PasswordAlgorithms(List.of(PasswordAlgorithm.SHA256, PasswordAlgorithm.MD5));

    private final Shard shard;
    private final Nonces nonces;
    private final SourceLimiter limiter;
    private final byte[] realm;

    Authenticator(Shard shard, Nonces nonces, SourceLimiter limiter, byte[] realm) {
        this.shard = shard;
        this.limiter = limiter;
        this.nonces = nonces;
        this.realm = realm.clone();
    }

    static int nonceFlags(TurnSettings settings) {
        return NonceCookie.PASSWORD_ALGORITHMS | (settings.userhash() ? NonceCookie.USERNAME_ANONYMITY : 0);
    }

    /** Whether the request is some user's, which it then carries. Otherwise it is answered. */
    boolean authenticate(Request request) {
        StunMessage message = request.message();
        if (!message.hasIntegrity() && !message.hasIntegritySha256()) {
            challenge(request, StunError.UNAUTHENTICATED); // the first request of every client
            return false;
        }
        int nonceAt = message.find(StunAttribute.NONCE);
        boolean named = request.has(StunAttribute.USERNAME) || request.has(StunAttribute.USERHASH);
        if (!named || !request.has(StunAttribute.REALM) || nonceAt == StunMessage.ABSENT) {
            refuse(request);
            return false;
        }
        PasswordAlgorithm algorithm = algorithm(message, nonceAt);
        if (algorithm == null) {
            refuse(request);
            return false;
        }
        if (!isFresh(request, nonceAt)) {
            challenge(request, StunError.STALE_NONCE);
            return false;
        }
        String username = username(message);
        Unauthenticated why = username == null ? Unauthenticated.UNKNOWN_USER : check(request, username, algorithm);
        if (why != null && challenge(request, StunError.UNAUTHENTICATED)) {
            shard.policy().unauthenticated(username == null ? "" : username, why);
        }
        return why == null;
    }

    /** The algorithm that the request's key was made with; null if somebody on the way tampered with the choice. */
    private @Nullable PasswordAlgorithm algorithm(StunMessage message, int nonceAt) {
        int flags = NonceCookie.flags(message.buffer(), message.valueOffset(nonceAt), message.valueLength(nonceAt));
        return (flags & NonceCookie.PASSWORD_ALGORITHMS) == 0 ? PasswordAlgorithm.MD5 : OFFERED.chosenBy(message);
    }

    private boolean isFresh(Request request, int nonceAt) {
        StunMessage message = request.message();
        return nonces.isValid(
                request.nowNanos(),
                message.buffer(),
                message.valueOffset(nonceAt),
                message.valueLength(nonceAt),
                request.from().address());
    }

    private @Nullable String username(StunMessage message) {
        byte[] hash = message.attribute(StunAttribute.USERHASH);
        if (hash == null) {
            return message.text(StunAttribute.USERNAME);
        }
        return shard.settings().userhash() ? shard.policy().usernameOf(hash) : null;
    }

    /** Checks the integrity: the stronger of two where a request has both. An allocation's user may go on with the key it began with. Null: it holds. */
    private @Nullable Unauthenticated check(Request request, String username, PasswordAlgorithm algorithm) {
        Allocation allocation = request.allocation();
        if (allocation != null
                && allocation.username().equals(username)
                && accepts(request, username, allocation.key())) {
            return null;
        }
        List<byte[]> keys = shard.policy().keys(username, algorithm);
        for (int i = 0; i < keys.size(); i++) {
            if (accepts(request, username, keys.get(i))) {
                return null;
            }
        }
        return keys.isEmpty() ? Unauthenticated.UNKNOWN_USER : Unauthenticated.WRONG_PASSWORD;
    }

    private boolean accepts(Request request, String username, byte[] key) {
        StunIntegrity integrity = shard.integrity();
        boolean sha256 = request.message().hasIntegritySha256();
        boolean holds =
                sha256 ? integrity.holdsSha256(request.message(), key) : integrity.holds(request.message(), key);
        if (holds) {
            request.authenticated(username, key, sha256);
        }
        return holds;
    }

    /** 401 or 438 with all a client needs to try again, and not a byte more. False: the source has had enough of them. */
    private boolean challenge(Request request, int code) {
        if (isOverRate(request)) {
            return false;
        }
        shard.counters().challenges++;
        StunWriter answer = shard.answers()
                .failure(request, code)
                .attribute(StunAttribute.REALM, realm)
                .attribute(
                        StunAttribute.NONCE,
                        nonces.issue(request.nowNanos(), request.from().address()));
        shard.answers().send(request, OFFERED.addTo(answer));
        return true;
    }

    private void refuse(Request request) {
        if (!isOverRate(request)) {
            shard.answers().error(request, StunError.BAD_REQUEST);
        }
    }

    private boolean isOverRate(Request request) {
        if (limiter.admits(request.from().address(), request.nowNanos())) {
            return false;
        }
        shard.counters().limited++;
        return true;
    }
}
