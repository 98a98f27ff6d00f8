package io.convoke.protocols.turn;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Names of allocations for clients that move (RFC 8016 §3.3): 24 characters of Base64, for clients that handle it as text, of the shard's number
 * and 136 random bits. A ticket says nothing by itself; it needs its user's key besides.
 */
final class MobilityTickets {
    private static final int LENGTH = 24;
    private static final int BYTES = 18;

    private final Map<String, Allocation> allocations = new HashMap<>();
    private final Map<Allocation, Held> held = new HashMap<>();
    private final RandomGenerator random;
    private final int shard;

    private record Held(String newest, @Nullable String previous) {}

    MobilityTickets(RandomGenerator random, int shard) {
        this.random = random;
        this.shard = shard;
    }

    /** The shard that a ticket is of; -1 if it is no ticket. */
    static int shardOf(byte @Nullable [] value) {
        if (value == null || value.length != LENGTH) {
            return -1;
        }
        try {
            return Base64.getUrlDecoder().decode(value)[0] & 0xFF;
        } catch (IllegalArgumentException e) {
            return -1;
        }
    }

    /** The allocation a ticket is for; null if there is none. */
    @Nullable
    Allocation find(byte[] value) {
        return allocations.get(new String(value, US_ASCII));
    }

    boolean isMobile(Allocation allocation) {
        return held.containsKey(allocation);
    }

    boolean isNewest(Allocation allocation, byte[] value) {
        Held holds = held.get(allocation);
        return holds != null && holds.newest().equals(new String(value, US_ASCII));
    }

    /** A new ticket. The one before it is known until {@link #dropPrevious}, in case the answer with the new one gets lost. */
    byte[] issue(Allocation allocation) {
        Held before = held.get(allocation);
        if (before != null && before.previous() != null) {
            allocations.remove(before.previous());
        }
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        bytes[0] = (byte) shard;
        String ticket = Base64.getUrlEncoder().encodeToString(bytes);
        allocations.put(ticket, allocation);
        held.put(allocation, new Held(ticket, before == null ? null : before.newest()));
        return ticket.getBytes(US_ASCII);
    }

    /** The ticket issued last. */
    byte[] newest(Allocation allocation) {
        Held holds = held.get(allocation);
        return holds == null ? issue(allocation) : holds.newest().getBytes(US_ASCII);
    }

    void dropPrevious(Allocation allocation) {
        Held holds = held.get(allocation);
        if (holds != null && holds.previous() != null) {
            allocations.remove(holds.previous());
            held.put(allocation, new Held(holds.newest(), null));
        }
    }

    void forget(Allocation allocation) {
        Held holds = held.remove(allocation);
        if (holds != null) {
            allocations.remove(holds.newest());
            if (holds.previous() != null) {
                allocations.remove(holds.previous());
            }
        }
    }
}
