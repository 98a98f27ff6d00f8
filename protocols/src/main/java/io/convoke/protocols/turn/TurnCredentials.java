package io.convoke.protocols.turn;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.convoke.protocols.stun.PasswordAlgorithm;
import io.convoke.protocols.text.OpaqueString;
import io.convoke.protocols.text.Saslprep;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the relay: users with a password, and time-limited ones whose password follows from their name and a
 * shared secret ({@code <second of expiry>} or {@code <second of expiry>:<anything>}). Gives keys, never passwords.
 * Immutable; any thread.
 *
 * <p>Texts beyond ASCII are prepared by OpaqueString in RFC 8489, by SASLprep in RFC 5389, and by many clients not at
 * all: each form is a key of its own where they differ.
 */
public final class TurnCredentials {
    private static final int MOST_EXPIRY_DIGITS = 18;
    private static final long NO_EXPIRY = -1;

    /** As it is, as RFC 8489 has it, as RFC 5389 has it. */
    private static final List<Form> FORMS = List.of(text -> text, OpaqueString::prepare, Saslprep::prepare);

    private final String realm;
    private final Map<String, Keys> users = new HashMap<>();
    private final Map<ByteBuffer, String> usersByHash = new HashMap<>();
    private final List<Mac> secrets = new ArrayList<>();

    @FunctionalInterface
    private interface Form {
        /** Null for a text that has no such form. */
        @Nullable
        String apply(String text);
    }

    private record Keys(List<byte[]> md5, List<byte[]> sha256) {
        List<byte[]> of(PasswordAlgorithm algorithm) {
            return algorithm == PasswordAlgorithm.MD5 ? md5 : sha256;
        }
    }

    /**
     * @param users name → password
     * @param secrets shared with whoever issues time-limited credentials; each is tried with both hashes
     * @throws IllegalArgumentException if a name, a password or a secret is empty
     */
    public TurnCredentials(String realm, Map<String, String> users, List<byte[]> secrets) {
        this.realm = realm;
        users.forEach(this::addUser);
        for (byte[] secret : secrets) {
            if (secret.length == 0) {
                throw new IllegalArgumentException("Expected a shared secret, but it is empty");
            }
            this.secrets.add(RestHash.SHA1.keyed(secret));
            this.secrets.add(RestHash.SHA256.keyed(secret));
        }
    }

    public String realm() {
        return realm;
    }

    /**
     * The keys a request of this user may be signed with; empty for a user that is not known or no longer valid. The
     * arrays stay with this object.
     *
     * @param nowEpochSeconds time of day; a time-limited user is valid up to and including its second
     */
    public List<byte[]> keys(String username, PasswordAlgorithm algorithm, long nowEpochSeconds) {
        Keys known = users.get(username);
        if (known != null) {
            return known.of(algorithm);
        }
        if (secrets.isEmpty() || expiryEpochSeconds(username) < nowEpochSeconds) {
            return List.of();
        }
        List<byte[]> keys = new ArrayList<>(secrets.size());
        for (Mac secret : secrets) {
            addKeys(keys, algorithm, username, RestHash.password(copy(secret), username));
        }
        return keys;
    }

    /**
     * The user with a password whose USERHASH this is; null if there is none. Names of time-limited users cannot be known
     * beforehand.
     */
    public @Nullable String usernameOf(byte[] userhash) {
        return usersByHash.get(ByteBuffer.wrap(userhash));
    }

    /** The second in which the credentials of a time-limited user expire; -1 if the name is not one of those. */
    public static long expiryEpochSeconds(String username) {
        int colon = username.indexOf(':');
        int digits = colon < 0 ? username.length() : colon;
        if (digits == 0 || digits > MOST_EXPIRY_DIGITS) {
            return NO_EXPIRY;
        }
        long value = 0;
        for (int i = 0; i < digits; i++) {
            char digit = username.charAt(i);
            if (digit < '0' || digit > '9') {
                return NO_EXPIRY;
            }
            value = 10 * value + (digit - '0');
        }
        return value;
    }

    @Override
    public String toString() {
        return "TurnCredentials[users=" + usersByHash.size() + ", secrets=" + secrets.size() / 2 + "]";
    }

    private void addUser(String name, String password) {
        if (name.isEmpty() || password.isEmpty()) {
            throw new IllegalArgumentException("Expected a user with a name and a password, but one is empty");
        }
        Keys keys = new Keys(new ArrayList<>(), new ArrayList<>());
        addKeys(keys.md5(), PasswordAlgorithm.MD5, name, password);
        addKeys(keys.sha256(), PasswordAlgorithm.SHA256, name, password);
        for (Form form : FORMS) {
            String prepared = form.apply(name);
            String preparedRealm = form.apply(realm);
            if (prepared != null && preparedRealm != null) {
                users.putIfAbsent(prepared, keys);
                usersByHash.putIfAbsent(ByteBuffer.wrap(PasswordAlgorithm.userhash(prepared, preparedRealm)), name);
            }
        }
    }

    private void addKeys(List<byte[]> keys, PasswordAlgorithm algorithm, String username, String password) {
        if (isAscii(username) && isAscii(password) && isAscii(realm)) {
            keys.add(algorithm.key(username, realm, password));
            return;
        }
        for (Form form : FORMS) {
            String name = form.apply(username);
            String place = form.apply(realm);
            String word = form.apply(password);
            byte[] key = name == null || place == null || word == null ? null : algorithm.key(name, place, word);
            if (key != null && keys.stream().noneMatch(known -> Arrays.equals(known, key))) {
                keys.add(key);
            }
        }
    }

    private static boolean isAscii(String text) {
        return text.getBytes(UTF_8).length == text.length();
    }

    private static Mac copy(Mac keyed) {
        try {
            return (Mac) keyed.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("Expected the JDK to copy an HMAC, but it did not", e);
        }
    }
}
