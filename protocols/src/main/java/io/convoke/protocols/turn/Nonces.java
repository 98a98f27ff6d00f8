package io.convoke.protocols.turn;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.convoke.protocols.stun.NonceCookie;
import io.convoke.protocols.wire.BigEndian;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes and checks nonces without keeping any (RFC 8489 §9.2): each carries when it expires, under an HMAC that also
 * covers the client's IP address and the flags of its cookie. One for each shard and thread; what one has made another
 * with the same {@link NonceKeys} takes.
 *
 * <pre>
 * obMatJos2 FFFF  then Base64url of: key's number(8) second of expiry(32) first 80 bits of HMAC-SHA256(80)
 * </pre>
 */
public final class Nonces {
    /** Characters of a nonce. */
    public static final int LENGTH = NonceCookie.LENGTH + 20;

    private static final String HMAC = "HmacSHA256";
    private static final int TAG_BYTES = 10;
    private static final int TAG_AT = 5;
    private static final int BODY_BYTES = TAG_AT + TAG_BYTES;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final NonceKeys keys;
    private final int lifetimeSeconds;
    private final int flags;
    private final String cookie;
    private final Mac mac;
    private final byte[] input = new byte[1 + 4 + 4 + 8 + 8];
    private final byte[] body = new byte[BODY_BYTES];
    private byte @Nullable [] macKey;

    /**
     * @param lifetimeSeconds how long a nonce may be used, 1 to 86,400
     * @param flags of {@link NonceCookie}
     */
    public Nonces(NonceKeys keys, int lifetimeSeconds, int flags) {
        if (lifetimeSeconds < 1 || lifetimeSeconds > 86_400) {
            throw new IllegalArgumentException("Expected 1 to 86,400 seconds, but got " + lifetimeSeconds);
        }
        this.keys = keys;
        this.lifetimeSeconds = lifetimeSeconds;
        this.flags = flags;
        this.cookie = NonceCookie.of(flags);
        try {
            this.mac = Mac.getInstance(HMAC);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Expected the JDK to know HMAC-SHA256, but it does not", e);
        }
    }

    /**
     * A new nonce for the client at this address, 33 characters.
     *
     * @param nowNanos of a clock that all shards share, whatever its origin
     */
    public byte[] issue(long nowNanos, TransportAddress client) {
        int generation = keys.generation();
        byte[] key = keys.key(generation);
        while (key == null) { // rotated twice in between
            generation = keys.generation();
            key = keys.key(generation);
        }
        int expiry = seconds(nowNanos) + lifetimeSeconds;
        byte[] tag = tag(generation, key, expiry, client);
        body[0] = (byte) generation;
        BigEndian.put32(body, 1, expiry);
        System.arraycopy(tag, 0, body, TAG_AT, TAG_BYTES);
        return (cookie + Base64.getUrlEncoder().withoutPadding().encodeToString(body)).getBytes(US_ASCII);
    }

    /**
     * Whether the nonce was made for this client, with these flags and a key still in use, and has not expired. Otherwise
     * the answer is 438 and a new one.
     */
    public boolean isValid(long nowNanos, byte[] nonce, TransportAddress client) {
        return isValid(nowNanos, nonce, 0, nonce.length, client);
    }

    /** The same for a nonce within an array. */
    public boolean isValid(long nowNanos, byte[] bytes, int offset, int length, TransportAddress client) {
        if (length != LENGTH || NonceCookie.flags(bytes, offset, length) != flags) {
            return false;
        }
        byte[] given = decoded(bytes, offset + NonceCookie.LENGTH);
        if (given == null) {
            return false;
        }
        int generation = BigEndian.u8(given, 0);
        int expiry = BigEndian.i32(given, 1);
        byte[] key = keys.key(generation);
        if (key == null) {
            return false;
        }
        byte[] expected = tag(generation, key, expiry, client);
        int left = expiry - seconds(nowNanos);
        return MessageDigest.isEqual(expected, Arrays.copyOfRange(given, TAG_AT, BODY_BYTES))
                && left > 0
                && left <= lifetimeSeconds;
    }

    private byte[] tag(int generation, byte[] key, int expiry, TransportAddress client) {
        input[0] = (byte) generation;
        BigEndian.put32(input, 1, expiry);
        BigEndian.put32(input, 5, flags);
        BigEndian.put64(input, 9, client.high());
        BigEndian.put64(input, 17, client.low());
        try {
            if (macKey != key) {
                mac.init(new SecretKeySpec(key, HMAC));
                macKey = key;
            }
            return Arrays.copyOf(mac.doFinal(input), TAG_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Expected the JDK to carry out HMAC-SHA256, but it did not", e);
        }
    }

    private static byte @Nullable [] decoded(byte[] bytes, int from) {
        try {
            return Base64.getUrlDecoder().decode(Arrays.copyOfRange(bytes, from, from + LENGTH - NonceCookie.LENGTH));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static int seconds(long nowNanos) {
        return (int) Math.floorDiv(nowNanos, NANOS_PER_SECOND);
    }
}
