package io.convoke.actors.node;

import akka.actor.typed.ActorRef;
import io.convoke.actors.state.GetState;

/** Where actors say that they can be asked for their state. Thread-safe, never blocks. */
public interface Board {
    /** The actor answers for {@code kind}/{@code id} from now until it terminates. */
    void register(String kind, String id, ActorRef<GetState> actor);

    /** Something worth looking at changed. */
    void changed(String kind, String id);
}
