package io.convoke.actors.relay;

import io.convoke.protocols.stun.PasswordAlgorithm;
import io.convoke.protocols.turn.RestHash;
import io.convoke.protocols.turn.TurnCredentials;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Credentials of participants: {@code <second of expiry>:<participant>}, good until the call is over, and at that time at the latest. With a shared secret
 * they are good at other relays, too, and those of other nodes here; what ended here stays ended. Thread-safe.
 */
final class ParticipantBook {
    private static final int SECRET_BYTES = 32;
    /** Calls that ended within a credential's lifetime; of more, the oldest is forgotten, and its credentials expire by their time. */
    private static final int MOST_ENDED = 200_000;

    /** A name and its password. */
    record Credential(String username, String password) {
        @Override
        public String toString() {
            return "Credential[" + username + "]";
        }
    }

    private final RelayRules rules;
    private final InstantSource clock;
    private final byte[] secret;
    private final TurnCredentials own;
    private final ConcurrentMap<UUID, String> open = new ConcurrentHashMap<>();
    private final ConcurrentMap<ByteBuffer, String> byHash = new ConcurrentHashMap<>();
    private final Map<String, Boolean> ended = new LinkedHashMap<>();

    ParticipantBook(RelayRules rules, InstantSource clock) {
        this.rules = rules;
        this.clock = clock;
        this.secret =
                rules.sharedSecret() == null ? madeUp() : rules.sharedSecret().getBytes(StandardCharsets.UTF_8);
        this.own = new TurnCredentials(rules.realm(), Map.of(), List.of(secret));
    }

    private static byte[] madeUp() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    Credential issue(UUID participant) {
        long expires = clock.instant().plus(rules.participantLifetime()).getEpochSecond();
        String username = expires + ":" + participant;
        String before = open.put(participant, username);
        if (before != null && !before.equals(username)) {
            end(before);
        }
        byHash.put(hash(username), username);
        return new Credential(username, passwordOf(rules.hash(), username));
    }

    /** The name whose credentials have ended by that. */
    Optional<String> end(UUID participant) {
        Optional<String> username = Optional.ofNullable(open.remove(participant));
        username.ifPresent(this::end);
        return username;
    }

    /** Keys of somebody who was issued credentials here, and whose call goes on. */
    List<byte[]> keys(String username, PasswordAlgorithm algorithm) {
        UUID participant = participantOf(username);
        return participant == null || !username.equals(open.get(participant))
                ? List.of()
                : own.keys(username, algorithm, clock.instant().getEpochSecond());
    }

    boolean hasEnded(String username) {
        synchronized (ended) {
            return ended.containsKey(username);
        }
    }

    @Nullable
    String usernameOf(byte[] userhash) {
        return byHash.get(ByteBuffer.wrap(userhash));
    }

    /** The participant that the name says it is; null for another kind of name. */
    static @Nullable UUID participantOf(String username) {
        int colon = username.indexOf(':');
        if (colon < 0 || TurnCredentials.expiryEpochSeconds(username) < 0) {
            return null;
        }
        try {
            UUID participant = UUID.fromString(username.substring(colon + 1));
            return participant.toString().equals(username.substring(colon + 1)) ? participant : null;
        } catch (IllegalArgumentException another) {
            return null;
        }
    }

    private void end(String username) {
        byHash.remove(hash(username));
        synchronized (ended) {
            ended.put(username, Boolean.TRUE);
            if (ended.size() > MOST_ENDED) {
                ended.remove(ended.keySet().iterator().next());
            }
        }
    }

    private String passwordOf(RestHash hash, String username) {
        return hash.password(secret, username);
    }

    private ByteBuffer hash(String username) {
        return ByteBuffer.wrap(PasswordAlgorithm.userhash(username, rules.realm()));
    }
}
