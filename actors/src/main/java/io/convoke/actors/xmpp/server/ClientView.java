package io.convoke.actors.xmpp.server;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.convoke.actors.node.StateJson;
import io.convoke.actors.state.GetState;
import io.convoke.media.xmpp.ClientConnection;

/** Answers for one client of this node; what it is asked, the connection knows. */
final class ClientView extends AbstractBehavior<ClientView.Command> {
    static final String KIND = "xmpp-clients";

    sealed interface Command {}

    /** The client is gone. */
    enum Gone implements Command {
        INSTANCE
    }

    private record Asked(GetState question) implements Command {}

    private final XmppNode node;
    private final BoundClient client;

    static Behavior<Command> create(XmppNode node, BoundClient client) {
        return Behaviors.setup(context -> new ClientView(context, node, client));
    }

    private ClientView(ActorContext<Command> context, XmppNode node, BoundClient client) {
        super(context);
        this.node = node;
        this.client = client;
        node.context().board().register(KIND, id(), context.messageAdapter(GetState.class, Asked::new));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessageEquals(Gone.INSTANCE, Behaviors::stopped)
                .onMessage(Asked.class, this::onAsked)
                .build();
    }

    private String id() {
        return client.address().toString();
    }

    private Behavior<Command> onAsked(Asked asked) {
        ClientConnection connection = client.connection();
        ClientConnection.Traffic traffic = connection.traffic();
        String state = traffic.detached() ? "away" : client.available() ? "available" : "connected";
        asked.question()
                .replyTo()
                .tell(new StateJson(KIND, id(), node.context().name(), connection.since(), state)
                        .with("address", client.address().toString())
                        .with("transport", connection.transport())
                        .with("priority", client.priority())
                        .with("rooms", client.directedCount())
                        .with("stanzasIn", traffic.stanzasIn())
                        .with("stanzasOut", traffic.stanzasOut())
                        .with("pendingBytes", traffic.pendingBytes())
                        .snapshot());
        return this;
    }
}
