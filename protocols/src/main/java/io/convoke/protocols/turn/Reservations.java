package io.convoke.protocols.turn;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Ports next to even ones, kept half a minute for who shows the token (RFC 8656 §7.2 step 9). A token is the shard's number, then 56 random bits.
 */
final class Reservations {
    private static final long LIFETIME_NANOS = 30_000_000_000L;

    private final Map<Long, Reservation> byToken = new HashMap<>();
    private final ArrayDeque<Reservation> byAge = new ArrayDeque<>();
    private final ArrayDeque<TurnOutput> outputs;
    private final RandomGenerator random;
    private final int shard;

    private record Reservation(long token, RelayPort port, String username, long endsNanos) {}

    Reservations(ArrayDeque<TurnOutput> outputs, RandomGenerator random, int shard) {
        this.outputs = outputs;
        this.random = random;
        this.shard = shard;
    }

    static int shardOf(long token) {
        return (int) (token >>> 56);
    }

    /** Keeps a port that was opened with this allocation's. The token that fetches it is the allocation's {@link Allocation#reserved}. */
    void keep(RelayPort port, Allocation with, long nowNanos) {
        long token = (long) shard << 56 | random.nextLong() >>> 8 | 1;
        Reservation reservation = new Reservation(token, port, with.username(), nowNanos + LIFETIME_NANOS);
        byToken.put(token, reservation);
        byAge.add(reservation);
        with.reserved(token);
    }

    /** Closes the port kept for an allocation that ends before somebody fetched it: who allocates and deletes in turn shall not fill the range. */
    void giveBack(Allocation with) {
        RelayPort port = take(with.reserved());
        if (port != null) {
            outputs.add(new TurnOutput.CloseRelay(port));
        }
    }

    /** Whether the token fetches a port, for this user. */
    boolean holds(long token, String username, long nowNanos) {
        Reservation reservation = byToken.get(token);
        return reservation != null
                && reservation.endsNanos() - nowNanos > 0
                && reservation.username().equals(username);
    }

    /** The port, which is the caller's now; null if there is none. */
    @Nullable
    RelayPort take(long token) {
        Reservation reservation = byToken.remove(token);
        return reservation == null ? null : reservation.port();
    }

    long nearestNanos() {
        Reservation oldest = byAge.peek();
        return oldest == null ? Long.MAX_VALUE : oldest.endsNanos();
    }

    void expire(long nowNanos) {
        for (Reservation oldest = byAge.peek();
                oldest != null && oldest.endsNanos() - nowNanos <= 0;
                oldest = byAge.peek()) {
            byAge.remove();
            if (byToken.remove(oldest.token(), oldest)) {
                outputs.add(new TurnOutput.CloseRelay(oldest.port()));
            }
        }
    }
}
