package io.convoke.actors.callbridge;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.receptionist.Receptionist;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.relayadmin.RelayAdmin;
import io.convoke.actors.relayadmin.RelayQuestion;
import io.convoke.actors.state.GetState;
import io.convoke.actors.state.StateSnapshot;
import java.util.function.Consumer;

/** Answers for one thing on the edge with what the edge last said of it. */
final class EdgeMirror extends AbstractBehavior<EdgeMirror.Command> {
    sealed interface Command {}

    /** The edge says anew. */
    record Shows(String json) implements Command {}

    private record AdministratorAsks(RelayQuestion question) implements Command {}

    private record Asked(GetState question) implements Command {}

    private final String kind;
    private final String id;
    private final String edge;
    private final NodeContext node;
    private final Consumer<RelayQuestion> toEdge;
    private String json;

    /** {@code edge}: in whose name it answers. {@code toEdge} passes questions on. */
    static Behavior<Command> create(
            String kind, String id, String edge, String json, NodeContext node, Consumer<RelayQuestion> toEdge) {
        return Behaviors.setup(context -> new EdgeMirror(context, kind, id, edge, json, node, toEdge));
    }

    private EdgeMirror(
            ActorContext<Command> context,
            String kind,
            String id,
            String edge,
            String json,
            NodeContext node,
            Consumer<RelayQuestion> toEdge) {
        super(context);
        this.edge = edge;
        this.kind = kind;
        this.id = id;
        this.json = json;
        this.node = node;
        this.toEdge = toEdge;
        context.getSystem()
                .receptionist()
                .tell(Receptionist.register(
                        RelayAdmin.key(id), context.messageAdapter(RelayQuestion.class, AdministratorAsks::new)));
        node.board().register(kind, id, context.messageAdapter(GetState.class, Asked::new));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Shows.class, this::onShows)
                .onMessage(AdministratorAsks.class, this::onAdministratorAsks)
                .onMessage(Asked.class, this::onAsked)
                .build();
    }

    private Behavior<Command> onShows(Shows shows) {
        json = shows.json();
        node.board().changed(kind, id);
        return this;
    }

    private Behavior<Command> onAdministratorAsks(AdministratorAsks asks) {
        toEdge.accept(asks.question());
        return this;
    }

    private Behavior<Command> onAsked(Asked asked) {
        asked.question().replyTo().tell(new StateSnapshot(kind, id, edge, json));
        return this;
    }
}
