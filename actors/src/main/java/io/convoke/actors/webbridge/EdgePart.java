package io.convoke.actors.webbridge;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.convoke.actors.node.NodeContext;

/** Everything of this module that an edge runs; needs no cluster. */
public final class EdgePart {
    private final ActorRef<Webbridge.Command> webbridge;

    private EdgePart(ActorRef<Webbridge.Command> webbridge) {
        this.webbridge = webbridge;
    }

    /** Starts it as a child of the guardian whose context this is; on the guardian's thread. */
    public static EdgePart start(ActorContext<?> guardian, EdgeSettings settings, NodeContext node) {
        return new EdgePart(guardian.spawn(Webbridge.create(settings, node), "webbridge"));
    }

    /** What HTTP talks to. */
    public ActorRef<Webbridge.Command> webbridge() {
        return webbridge;
    }
}
