package io.convoke.actors.conference;

import akka.actor.typed.ActorRef;
import java.util.ArrayList;
import java.util.List;

/** Those who asked for a lock and wait until nobody can admit any more. */
final class LockDesk {
    private final List<ActorRef<Conference.LockAnswer>> waiting = new ArrayList<>();

    void wait(ActorRef<Conference.LockAnswer> asker) {
        waiting.add(asker);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Answers all: the lock holds everywhere, or ({@code acknowledged} false) was lifted before it did. */
    void answer(ConferenceState state, boolean acknowledged) {
        waiting.forEach(asker -> asker.tell(new Conference.LockAnswer(state.locked(), state.epoch(), acknowledged)));
        waiting.clear();
    }
}
