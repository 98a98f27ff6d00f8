package io.convoke.actors.conference;

import akka.actor.typed.ActorRef;
import io.convoke.actors.conference.ConferenceCommand.Locate;
import io.convoke.actors.conference.ConferenceCommand.NoEntry;
import java.util.ArrayDeque;
import java.util.Deque;

/** Those who asked where the conference runs while it is not known whether its host lives. For one thread. */
final class HeldJoins {
    private static final int MOST = 64;

    private final Deque<Locate> held = new ArrayDeque<>();

    /** Answers at once when too many wait. */
    void hold(Locate locate) {
        if (held.size() == MOST) {
            locate.replyTo()
                    .tell(new NoEntry("tooBusy", "Too many people are joining at once. Try again in a few seconds."));
        } else {
            held.add(locate);
        }
    }

    /** They ask again. */
    void release(ActorRef<ConferenceCommand> conference) {
        held.forEach(conference::tell);
        held.clear();
    }

    boolean isEmpty() {
        return held.isEmpty();
    }
}
