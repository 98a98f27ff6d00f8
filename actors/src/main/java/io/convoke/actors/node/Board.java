package io.convoke.actors.node;

import akka.actor.typed.ActorRef;
import io.convoke.actors.state.GetState;
import io.convoke.actors.state.StateBoard;

/** Where actors say that they can be asked for their state. Thread-safe, never blocks. */
public interface Board {
    /** The actor answers for {@code kind}/{@code id} from now until it terminates. */
    void register(String kind, String id, ActorRef<GetState> actor);

    /** The node's state board. */
    static Board of(ActorRef<StateBoard.Command> board) {
        return new Board() {
            @Override
            public void register(String kind, String id, ActorRef<GetState> actor) {
                board.tell(new StateBoard.Register(kind, id, actor));
            }

            @Override
            public void changed(String kind, String id) {
                board.tell(new StateBoard.Changed(kind, id));
            }
        };
    }

    /** Something worth looking at changed. */
    void changed(String kind, String id);
}
