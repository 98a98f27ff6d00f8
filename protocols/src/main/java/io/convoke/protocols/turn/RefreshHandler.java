package io.convoke.protocols.turn;

import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunError;
import io.convoke.protocols.stun.StunWriter;
import org.jspecify.annotations.Nullable;

/** Refresh (RFC 8656 §8.2), also from a new 5-tuple (RFC 8016 §3.2.2). */
final class RefreshHandler {
    private static final int ALL_FAMILIES = 0;

    private final Shard shard;

    RefreshHandler(Shard shard) {
        this.shard = shard;
    }

    void handle(Request request) {
        Allocation current = request.allocation();
        byte[] again = current == null ? null : current.answerTo(request);
        if (again != null && current != null && current.username().equals(request.username())) {
            shard.answers().send(request, again);
            return;
        }
        byte[] ticket = request.message().attribute(StunAttribute.MOBILITY_TICKET);
        if (ticket != null) {
            withTicket(request, ticket);
            return;
        }
        Allocation allocation = shard.own(request);
        if (allocation != null) {
            refresh(request, allocation, false);
        }
    }

    /** RFC 8016 §3.2.2: the ticket names the allocation, wherever the request comes from. */
    private void withTicket(Request request, byte[] ticket) {
        if (!shard.settings().mobility()) {
            shard.answers().error(request, StunError.MOBILITY_FORBIDDEN);
            return;
        }
        if (ticket.length == 0) {
            shard.answers().error(request, StunError.BAD_REQUEST);
            return;
        }
        Allocation named = shard.tickets().find(ticket);
        Allocation current = request.allocation();
        boolean here = named != null && named == current;
        if (named != null && current == null && answeredAgain(request, named)) {
            return;
        }
        if (named == null || (!here && (current != null || !shard.tickets().isNewest(named, ticket)))) {
            shard.answers().error(request, StunError.ALLOCATION_MISMATCH);
        } else if (!named.username().equals(request.username())) {
            shard.answers().error(request, StunError.WRONG_CREDENTIALS);
        } else if (named.peerTransport() == PeerTransport.TCP
                && !request.from().transport().isStream()) {
            shard.answers().error(request, StunError.BAD_REQUEST);
        } else {
            refresh(request, named, true);
        }
    }

    /** Whether it is the request that moved the allocation, once more: the shard that its packets come to passed it on before it knew of the move. */
    private boolean answeredAgain(Request request, Allocation named) {
        Client there = named.movingTo();
        TransportAddress place = (there == null ? named.client() : there).address();
        byte[] answer = named.answerTo(request);
        if (answer == null
                || !place.equals(request.from().address())
                || !named.username().equals(request.username())) {
            return false;
        }
        shard.answers().send(request, answer);
        return true;
    }

    private void refresh(Request request, Allocation allocation, boolean withTicket) {
        int seconds = lifetime(request);
        int family = family(request, allocation);
        if (seconds == Lifetimes.MALFORMED || family < 0) {
            boolean mismatch =
                    seconds != Lifetimes.MALFORMED && request.firstByte(StunAttribute.REQUESTED_ADDRESS_FAMILY, 4) >= 0;
            shard.answers().error(request, mismatch ? StunError.PEER_ADDRESS_FAMILY_MISMATCH : StunError.BAD_REQUEST);
            return;
        }
        boolean moves = withTicket && seconds > 0 && request.allocation() != allocation;
        if (moves) {
            move(allocation, request.from());
        }
        StunWriter answer = shard.answers().success(request).number(StunAttribute.LIFETIME, seconds);
        if (withTicket && seconds > 0) {
            MobilityTickets tickets = shard.tickets();
            answer.attribute(
                    StunAttribute.MOBILITY_TICKET, moves ? tickets.issue(allocation) : tickets.newest(allocation));
        }
        byte[] message = shard.answers().send(request, answer);
        extend(request.nowNanos(), allocation, family, seconds);
        if (withTicket) {
            allocation.answered(request, message);
        } else {
            allocation.forgetAnswer();
        }
    }

    /** Sets the new end; zero ends at once. */
    private void extend(long nowNanos, Allocation allocation, int family, int seconds) {
        for (AddressFamily one : AddressFamily.values()) {
            if (family == ALL_FAMILIES || family == one.number()) {
                allocation.ports().endAt(one, Lifetimes.after(nowNanos, seconds));
            }
        }
        if (allocation.expiresAtNanos() - nowNanos <= 0) {
            shard.allocations().free(allocation, CloseReason.DELETED);
        } else if (seconds == 0) {
            shard.allocations().closeEnded(allocation, nowNanos);
        } else {
            shard.allocations().mayEndAt(allocation, allocation.ports().firstNanos());
        }
    }

    /** Packets from the new place count from now on; the old place goes on until the client is heard at the new one (RFC 8016 §3.2.2). */
    private void move(Allocation allocation, Client to) {
        shard.allocations().finishMove(allocation); // an earlier move that was not finished
        allocation.moveTo(to);
        to.allocation(allocation);
        shard.outputs().add(new TurnOutput.Moving(allocation, to));
        if (allocation.client().isGone()) {
            shard.allocations().finishMove(allocation);
        }
    }

    private int lifetime(Request request) {
        return request.message().number(StunAttribute.LIFETIME) == 0
                ? 0
                : Lifetimes.granted(request, shard.settings().limits());
    }

    /** The family that the request is about, 0 for all; -1 if the allocation has no such address. */
    private static int family(Request request, Allocation allocation) {
        if (!request.has(StunAttribute.REQUESTED_ADDRESS_FAMILY)) {
            return ALL_FAMILIES;
        }
        int number = request.firstByte(StunAttribute.REQUESTED_ADDRESS_FAMILY, 4);
        AddressFamily family = familyOf(number);
        return family != null && allocation.relayPort(family) != null ? number : -1;
    }

    private static @Nullable AddressFamily familyOf(int number) {
        return number == AddressFamily.IPV4.number()
                ? AddressFamily.IPV4
                : number == AddressFamily.IPV6.number() ? AddressFamily.IPV6 : null;
    }
}
