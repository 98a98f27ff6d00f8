package io.convoke.actors.conference;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Leases given, and those who asked for a lock and wait until nobody can admit any more. The time is an argument. */
final class LockDesk {
    private final LeaseBook leases;
    private final List<ActorRef<ConferenceCommand.LockAnswer>> waiting = new ArrayList<>();

    LockDesk(LeaseBook leases) {
        this.leases = leases;
    }

    LeaseBook leases() {
        return leases;
    }

    void wait(ActorRef<ConferenceCommand.LockAnswer> asker) {
        waiting.add(asker);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The lock changes: whoever waits for the former one is told how it is now. */
    void overtake(ConferenceState state) {
        answer(state, false);
    }

    void confirmed(UUID conference) {
        leases.confirmed(conference);
    }

    /** Answers those who wait if the lock holds everywhere; otherwise says when to come back, if anybody waits. */
    Optional<Duration> settle(ConferenceState state, long nowNanos) {
        if (!state.locked() || !leases.outstanding(nowNanos)) {
            answer(state, true);
            return Optional.empty();
        }
        return waiting.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.max(1, leases.clearAtNanos(nowNanos) - nowNanos)));
    }

    private void answer(ConferenceState state, boolean acknowledged) {
        waiting.forEach(
                asker -> asker.tell(new ConferenceCommand.LockAnswer(state.locked(), state.epoch(), acknowledged)));
        waiting.clear();
    }
}
