package io.convoke.actors.callbridge;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.state.GetState;
import io.convoke.actors.state.StateSnapshot;

/** Answers for one thing on the edge with what the edge last said of it. */
final class EdgeMirror extends AbstractBehavior<EdgeMirror.Command> {
    sealed interface Command {}

    /** The edge says anew. */
    record Shows(String json) implements Command {}

    private record Asked(GetState question) implements Command {}

    private final String kind;
    private final String id;
    private final String edge;
    private final NodeContext node;
    private String json;

    /** {@code edge}: in whose name it answers. */
    static Behavior<Command> create(String kind, String id, String edge, String json, NodeContext node) {
        return Behaviors.setup(context -> new EdgeMirror(context, kind, id, edge, json, node));
    }

    private EdgeMirror(
            ActorContext<Command> context, String kind, String id, String edge, String json, NodeContext node) {
        super(context);
        this.edge = edge;
        this.kind = kind;
        this.id = id;
        this.json = json;
        this.node = node;
        node.board().register(kind, id, context.messageAdapter(GetState.class, Asked::new));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Shows.class, this::onShows)
                .onMessage(Asked.class, this::onAsked)
                .build();
    }

    private Behavior<Command> onShows(Shows shows) {
        json = shows.json();
        node.board().changed(kind, id);
        return this;
    }

    private Behavior<Command> onAsked(Asked asked) {
        asked.question().replyTo().tell(new StateSnapshot(kind, id, edge, json));
        return this;
    }
}
