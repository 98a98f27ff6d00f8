package io.convoke.protocols.turn;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.stun.StunType;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One shard of a TURN server. Hand in what arrives and the time, then drain {@link #poll()} to null. Never throws on a client's bytes. Not
 * thread-safe.
 */
public final class TurnServer {
    private static final int MAX_SHARDS = 256;

    private final Shard shard;
    private final int number;
    private final Routing routing;
    private final SourceLimiter limiter;
    private final BindingHandler binding;
    private final SendHandler send;
    private final AllocateHandler allocate;
    private final ConnectHandler connect;
    private final PeerData peerData;
    private final Requests requests;

    /**
     * @param random for tokens, tickets and ids: one that cannot be guessed
     * @param number of this one among the servers that share listeners, from 0
     * @param shards how many they are, 1 to 256
     */
    public TurnServer(
            TurnSettings settings,
            TurnPolicy policy,
            NonceKeys nonces,
            RandomGenerator random,
            int number,
            int shards) {
        if (shards < 1 || shards > MAX_SHARDS || number < 0 || number >= shards) {
            throw new IllegalArgumentException("Expected one of 1 to 256 shards, but got " + number + " of " + shards);
        }
        this.number = number;
        shard = new Shard(settings, policy, random, number);
        routing = new Routing(number, shards);
        limiter = new SourceLimiter(settings.limits().anonymous(), random.nextLong());
        Nonces made = new Nonces(nonces, settings.limits().nonceLifetimeSeconds(), Authenticator.nonceFlags(settings));
        Authenticator authenticator =
                new Authenticator(shard, made, limiter, settings.realm().getBytes(UTF_8));
        binding = new BindingHandler(shard);
        send = new SendHandler(shard);
        allocate = new AllocateHandler(shard);
        connect = new ConnectHandler(shard);
        peerData = new PeerData(shard);
        requests = new Requests(shard, authenticator, allocate, connect);
    }

    /** Takes one STUN message; what is none is dropped. */
    public void handlePacket(long nowNanos, Client from, byte[] bytes, int offset, int length) {
        shard.counters().received++;
        StunMessage message = StunMessage.parse(bytes, offset, length);
        if (message == null || (message.hasFingerprint() && !message.fingerprintHolds())) {
            shard.counters().malformed++;
            return;
        }
        int type = message.type();
        if (type == StunType.SEND_INDICATION) {
            send.handle(nowNanos, from, message);
        } else if (type == StunType.BINDING_REQUEST) {
            bind(new Request(nowNanos, from, message));
        } else if (requests.serves(type)) {
            request(new Request(nowNanos, from, message), bytes, offset, length);
        } else if (type != StunType.BINDING_INDICATION) { // which only keeps a NAT open
            shard.counters().malformed++;
        }
    }

    private void bind(Request request) {
        if (limiter.admits(request.from().address(), request.nowNanos())) {
            binding.handle(request);
        } else {
            shard.counters().limited++;
        }
    }

    private void request(Request request, byte[] bytes, int offset, int length) {
        int to = routing.shardOf(request);
        if (to == number) {
            requests.handle(request);
        } else {
            byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
            shard.outputs().add(new TurnOutput.Route(to, request.from(), copy));
        }
    }

    /**
     * The port asked for is open.
     *
     * @param next the port after it, when the request said so
     */
    public void opened(long nowNanos, TurnOutput.OpenRelay request, RelayPort port, @Nullable RelayPort next) {
        allocate.opened(nowNanos, request, port, next);
    }

    /** The port asked for could not be opened. */
    public void openFailed(long nowNanos, TurnOutput.OpenRelay request, OpenFailure why) {
        allocate.openFailed(nowNanos, request, why);
    }

    /** A port can be used no longer; its allocation ends. */
    public void relayFailed(long nowNanos, Allocation allocation) {
        shard.allocations().free(allocation, CloseReason.RELAY_FAILED);
    }

    /** ChannelData came from this client while its allocation was moving to it, see {@link Allocation#movingTo}. */
    public void heard(long nowNanos, Client client) {
        Allocation allocation = client.allocation();
        if (allocation != null) {
            shard.allocations().heard(client, allocation);
        }
    }

    /**
     * A datagram from a peer that has no channel: gives a Data indication if the peer is permitted. Owners that care write it in place with
     * {@link DataIndication}.
     */
    public void fromPeer(
            long nowNanos, Allocation allocation, TransportAddress peer, byte[] bytes, int offset, int length) {
        peerData.data(nowNanos, allocation, peer, bytes, offset, length);
    }

    /** An ICMP error came back from a peer: gives a Data indication with ICMP if the peer is permitted (RFC 8656 §11.5). */
    public void peerUnreachable(
            long nowNanos, Allocation allocation, TransportAddress peer, int type, int code, int data) {
        peerData.unreachable(nowNanos, allocation, peer, type, code, data);
    }

    /** The connection asked for stands. */
    public void peerConnected(long nowNanos, int connectionId) {
        connect.connected(nowNanos, connectionId);
    }

    /** The connection asked for does not come about. */
    public void peerConnectFailed(long nowNanos, int connectionId) {
        connect.connectFailed(connectionId);
    }

    /** A peer connected to a TCP allocation's port: its connection's id, or 0 to close it at once. */
    public int peerConnecting(long nowNanos, Allocation allocation, TransportAddress peer) {
        return connect.attempt(nowNanos, allocation, peer);
    }

    /** A peer's connection, or the client's joined with it, ended; the owner has closed both. */
    public void connectionClosed(long nowNanos, int connectionId) {
        connect.closed(connectionId);
    }

    /**
     * A client's connection or association ended. Its allocation ends too, unless it has a ticket to move on with (RFC 8016): replies to this
     * client are then to be dropped.
     */
    public void clientGone(long nowNanos, Client client) {
        client.goes();
        Allocation pending = client.pending();
        if (pending != null) {
            allocate.abandon(pending);
        }
        Allocation allocation = client.allocation();
        if (allocation == null) {
            return;
        }
        if (allocation.movingTo() == client) {
            shard.allocations().stopMove(allocation);
        } else if (allocation.movingTo() != null) {
            shard.allocations().finishMove(allocation);
        } else if (!shard.tickets().isMobile(allocation)) {
            shard.allocations().free(allocation, CloseReason.CLIENT_GONE);
        }
    }

    /** Ends an allocation; false if there is none of this id. */
    public boolean close(long nowNanos, UUID allocation, CloseReason why) {
        Allocation found = shard.allocations().get(allocation);
        if (found == null) {
            return false;
        }
        shard.allocations().end(found, why);
        return true;
    }

    /** Ends all of a user's allocations; how many. */
    public int closeOf(long nowNanos, String username, CloseReason why) {
        List<Allocation> all = shard.allocations().of(username);
        for (Allocation allocation : all) {
            shard.allocations().end(allocation, why);
        }
        return all.size();
    }

    /** The policy's peers changed: permissions, channels and connections that it no longer allows end. */
    public void peersChanged(long nowNanos) {
        shard.allocations().revokePeers(shard.policy());
    }

    /** When to call {@link #handleTimeout} next; {@link Long#MAX_VALUE} for never. */
    public long deadlineNanos() {
        long allocations = shard.allocations().nearestNanos();
        long reservations = shard.reservations().nearestNanos();
        long connections = shard.connections().nearestNanos();
        return earlier(allocations, earlier(reservations, connections));
    }

    /** Ends what is over. */
    public void handleTimeout(long nowNanos) {
        shard.reservations().expire(nowNanos);
        shard.connections().expire(nowNanos);
        shard.allocations().expire(nowNanos);
    }

    /** The next thing to do; null: nothing. */
    public @Nullable TurnOutput poll() {
        return shard.outputs().poll();
    }

    /** All allocations that are reported as {@link TurnOutput.Allocated} and not as {@link TurnOutput.Freed}. */
    public Collection<Allocation> allocations() {
        return shard.allocations().all();
    }

    /** Counts since the start. */
    public ServerCounters counters() {
        return shard.counters();
    }

    /** Deadlines may be on both sides of an overflow of the clock; none is {@link Long#MAX_VALUE}. */
    private static long earlier(long one, long other) {
        if (one == Long.MAX_VALUE || other == Long.MAX_VALUE) {
            return Math.min(one, other);
        }
        return one - other < 0 ? one : other;
    }
}
