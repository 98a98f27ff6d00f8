package io.convoke.protocols.turn;

import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunError;
import io.convoke.protocols.wire.BigEndian;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A server's TCP connections with peers (RFC 6062 §5). Each has half a minute to come about, and another to be bound by its client. An id is the
 * shard's number, then 24 random bits.
 */
final class PeerConnections {
    private static final long WAIT_NANOS = 30_000_000_000L;
    private static final int RANDOM_BITS = 24;

    private final Map<Integer, PeerConnection> byId = new HashMap<>();
    private final Map<Allocation, List<PeerConnection>> byAllocation = new HashMap<>();
    private final ArrayDeque<Wait> waits = new ArrayDeque<>();
    private final ArrayDeque<TurnOutput> outputs;
    private final Answers answers;
    private final RandomGenerator random;
    private final int shard;

    private record Wait(PeerConnection connection, long endsNanos) {}

    PeerConnections(ArrayDeque<TurnOutput> outputs, Answers answers, RandomGenerator random, int shard) {
        this.outputs = outputs;
        this.answers = answers;
        this.random = random;
        this.shard = shard;
    }

    static int shardOf(long id) {
        return (int) (id >>> RANDOM_BITS) & 0xFF;
    }

    @Nullable
    PeerConnection get(int id) {
        return byId.get(id);
    }

    int count(Allocation allocation) {
        return of(allocation).size();
    }

    boolean has(Allocation allocation, TransportAddress peer) {
        List<PeerConnection> all = of(allocation);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).peer().equals(peer)) {
                return true;
            }
        }
        return false;
    }

    List<PeerConnection> of(Allocation allocation) {
        return byAllocation.getOrDefault(allocation, List.of());
    }

    PeerConnection add(Allocation allocation, TransportAddress peer, @Nullable Request connect, long nowNanos) {
        PeerConnection connection = new PeerConnection(newId(), allocation, peer, connect);
        byId.put(connection.id(), connection);
        byAllocation.computeIfAbsent(allocation, of -> new ArrayList<>(1)).add(connection);
        await(connection, nowNanos);
        return connection;
    }

    /** Gives it half a minute for its next step. */
    void await(PeerConnection connection, long nowNanos) {
        connection.endAt(nowNanos + WAIT_NANOS);
        waits.add(new Wait(connection, connection.endsNanos()));
    }

    /** Drops it from the tables; the owner has closed it or is told to by the caller. */
    void remove(PeerConnection connection) {
        byId.remove(connection.id());
        List<PeerConnection> rest = byAllocation.get(connection.allocation());
        if (rest != null) {
            rest.remove(connection);
            if (rest.isEmpty()) {
                byAllocation.remove(connection.allocation());
            }
        }
    }

    void closeOf(Allocation allocation) {
        for (PeerConnection connection : List.copyOf(of(allocation))) {
            close(connection);
        }
    }

    void close(PeerConnection connection) {
        remove(connection);
        outputs.add(new TurnOutput.CloseConnection(connection.id()));
    }

    /** §5.2: the connection does not come about. */
    void fail(PeerConnection connection) {
        Request connect = connection.connect();
        remove(connection);
        if (connect != null) {
            answers.error(connect, StunError.CONNECTION_TIMEOUT_OR_FAILURE);
        }
    }

    long nearestNanos() {
        Wait oldest = waits.peek();
        return oldest == null ? Long.MAX_VALUE : oldest.endsNanos();
    }

    void expire(long nowNanos) {
        for (Wait oldest = waits.peek(); oldest != null && oldest.endsNanos() - nowNanos <= 0; oldest = waits.peek()) {
            waits.remove();
            PeerConnection connection = oldest.connection();
            boolean over = !connection.isBound() && connection.endsNanos() == oldest.endsNanos();
            if (over && byId.get(connection.id()) == connection) {
                fail(connection);
                outputs.add(new TurnOutput.CloseConnection(connection.id()));
            }
        }
    }

    static byte[] idBytes(int id) {
        byte[] value = new byte[4];
        BigEndian.put32(value, 0, id);
        return value;
    }

    /** The id a request names; -1 if it names none. */
    static long idOf(Request request) {
        return request.message().number(StunAttribute.CONNECTION_ID);
    }

    private int newId() {
        int id = shard << RANDOM_BITS | random.nextInt(1, 1 << RANDOM_BITS);
        while (byId.containsKey(id)) {
            id = shard << RANDOM_BITS | random.nextInt(1, 1 << RANDOM_BITS);
        }
        return id;
    }
}
