package io.convoke.protocols.turn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A server's allocations: they come, are looked at when a deadline passes, and go, each exactly once. */
final class Allocations {
    private final Map<UUID, Allocation> byId = new HashMap<>();
    private final DeadlineHeap deadlines = new DeadlineHeap();
    private final ArrayDeque<TurnOutput> outputs;
    private final ServerCounters counters;
    private final Reservations reservations;
    private final MobilityTickets tickets;
    private final PeerConnections connections;

    Allocations(
            ArrayDeque<TurnOutput> outputs,
            ServerCounters counters,
            Reservations reservations,
            MobilityTickets tickets,
            PeerConnections connections) {
        this.reservations = reservations;
        this.outputs = outputs;
        this.counters = counters;
        this.tickets = tickets;
        this.connections = connections;
    }

    Collection<Allocation> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    @Nullable
    Allocation get(UUID id) {
        return byId.get(id);
    }

    List<Allocation> of(String username) {
        List<Allocation> found = new ArrayList<>();
        for (Allocation allocation : byId.values()) {
            if (allocation.username().equals(username)) {
                found.add(allocation);
            }
        }
        return found;
    }

    void add(Allocation allocation) {
        byId.put(allocation.id(), allocation);
        deadlines.add(allocation, allocation.nextDeadlineNanos());
        allocation.client().allocation(allocation);
        counters.allocated++;
        outputs.add(new TurnOutput.Allocated(allocation));
    }

    /** Something of this allocation may end sooner than it was to be looked at. */
    void mayEndAt(Allocation allocation, long deadlineNanos) {
        if (deadlineNanos - allocation.lookAtNanos() < 0) {
            deadlines.change(allocation, deadlineNanos);
        }
    }

    long nearestNanos() {
        return deadlines.nearestNanos();
    }

    /** Ends what is over at this time. */
    void expire(long nowNanos) {
        for (Allocation due = deadlines.due(nowNanos); due != null; due = deadlines.due(nowNanos)) {
            due.expire(nowNanos);
            if (due.expiresAtNanos() - nowNanos <= 0) {
                free(due, CloseReason.EXPIRED);
            } else {
                closeEnded(due, nowNanos);
                deadlines.change(due, due.nextDeadlineNanos());
            }
        }
    }

    /** Closes the ports of a family whose time is over while the other's is not. */
    void closeEnded(Allocation allocation, long nowNanos) {
        for (AddressFamily family : AddressFamily.values()) {
            RelayPort port = allocation.dropEnded(family, nowNanos);
            if (port != null) {
                outputs.add(new TurnOutput.CloseRelay(port));
            }
        }
    }

    void free(Allocation allocation, CloseReason why) {
        if (byId.remove(allocation.id()) == null) {
            return;
        }
        counters.freed++;
        deadlines.remove(allocation);
        tickets.forget(allocation);
        connections.closeOf(allocation);
        finishMove(allocation);
        allocation.client().allocation(null);
        for (RelayPort port : allocation.relayPorts()) {
            outputs.add(new TurnOutput.CloseRelay(port));
        }
        reservations.giveBack(allocation);
        allocation.lease().release();
        outputs.add(new TurnOutput.Freed(allocation, why));
    }

    /** Ends an allocation that its client still wants: the client's connection ends with it. */
    void end(Allocation allocation, CloseReason why) {
        Client client = allocation.movingTo() == null ? allocation.client() : allocation.movingTo();
        free(allocation, why);
        if (client.transport() != Transport.UDP && !client.isGone()) {
            outputs.add(new TurnOutput.CloseClient(client));
        }
    }

    /** Takes away what the policy allows no longer. */
    void revokePeers(TurnPolicy policy) {
        for (Allocation allocation : byId.values()) {
            for (Channel channel : allocation.channels()) {
                if (!policy.keepsPeer(channel.peer())) {
                    allocation.unbind(channel);
                }
            }
            for (Permission permission : allocation.permissions()) {
                if (!policy.keepsPeerIp(permission.peer())) {
                    allocation.revoke(permission);
                }
            }
            for (PeerConnection connection : List.copyOf(connections.of(allocation))) {
                if (!policy.keepsPeer(connection.peer())) {
                    connections.fail(connection);
                    outputs.add(new TurnOutput.CloseConnection(connection.id()));
                }
            }
        }
    }

    /** The new place is gone before the client was heard there. */
    void stopMove(Allocation allocation) {
        Client to = allocation.movingTo();
        if (to != null) {
            to.allocation(null);
            allocation.moveTo(null);
        }
    }

    /** A packet came from this client: if it is one that moved there, the move is done. */
    void heard(Client client, Allocation allocation) {
        if (allocation.movingTo() == client) {
            finishMove(allocation);
        }
    }

    /** The client was heard at its new place, or the old one is gone: the old 5-tuple has no allocation any longer (RFC 8016 §3.2). */
    void finishMove(Allocation allocation) {
        Client to = allocation.movingTo();
        if (to == null) {
            return;
        }
        Client from = allocation.client();
        from.allocation(null);
        allocation.moveTo(null);
        allocation.client(to);
        tickets.dropPrevious(allocation);
        outputs.add(new TurnOutput.Moved(allocation, from, to));
    }
}
