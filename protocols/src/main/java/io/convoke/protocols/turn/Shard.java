package io.convoke.protocols.turn;

import io.convoke.protocols.stun.StunError;
import io.convoke.protocols.stun.StunIntegrity;
import java.util.ArrayDeque;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the handlers of one server have in common. */
final class Shard {
    private final TurnSettings settings;
    private final TurnPolicy policy;
    private final RandomGenerator random;
    private final ArrayDeque<TurnOutput> outputs = new ArrayDeque<>();
    private final ServerCounters counters = new ServerCounters();
    private final StunIntegrity integrity = new StunIntegrity();
    private final Answers answers;
    private final Reservations reservations;
    private final MobilityTickets tickets;
    private final PeerConnections connections;
    private final Allocations allocations;

    Shard(TurnSettings settings, TurnPolicy policy, RandomGenerator random, int number) {
        this.settings = settings;
        this.policy = policy;
        this.random = random;
        answers = new Answers(outputs, counters, integrity, settings.software());
        reservations = new Reservations(outputs, random, number);
        tickets = new MobilityTickets(random, number);
        connections = new PeerConnections(outputs, answers, random, number);
        allocations = new Allocations(outputs, counters, reservations, tickets, connections);
    }

    TurnSettings settings() {
        return settings;
    }

    TurnPolicy policy() {
        return policy;
    }

    RandomGenerator random() {
        return random;
    }

    ArrayDeque<TurnOutput> outputs() {
        return outputs;
    }

    ServerCounters counters() {
        return counters;
    }

    StunIntegrity integrity() {
        return integrity;
    }

    Answers answers() {
        return answers;
    }

    Reservations reservations() {
        return reservations;
    }

    MobilityTickets tickets() {
        return tickets;
    }

    PeerConnections connections() {
        return connections;
    }

    Allocations allocations() {
        return allocations;
    }

    /**
     * The allocation of the request's 5-tuple, if the request is its user's. Otherwise answers 437 or 441 and gives null (RFC 8656 §5).
     */
    @Nullable
    Allocation own(Request request) {
        Allocation allocation = request.allocation();
        if (allocation == null) {
            answers.error(request, StunError.ALLOCATION_MISMATCH);
            return null;
        }
        if (!allocation.username().equals(request.username())) {
            answers.error(request, StunError.WRONG_CREDENTIALS);
            return null;
        }
        return allocation;
    }
}
