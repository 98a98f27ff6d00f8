package io.convoke.actors.xmpp.server;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.actor.typed.receptionist.Receptionist;
import akka.actor.typed.receptionist.ServiceKey;
import io.convoke.actors.state.ClusterMessage;
import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.StreamCondition;
import io.convoke.protocols.xmpp.xml.Element;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A core node's post office: takes stanzas from other nodes to this one's streams, and tells the others which components are here. */
final class StanzaPost extends AbstractBehavior<StanzaPost.Command> {
    static final ServiceKey<Command> KEY = ServiceKey.create(Command.class, "xmpp-post");
    private static final Duration ANNOUNCE_EVERY = Duration.ofSeconds(2);

    sealed interface Command {}

    /** {@code address}: the full address of the client that has that connection. */
    record ToClient(long connection, String address, String stanza, ActorRef<Taken> replyTo)
            implements Command, ClusterMessage {}

    /** Another client has taken the address over. */
    record CloseClient(long connection, String address) implements Command, ClusterMessage {}

    record ToComponent(String name, String stanza, ActorRef<Taken> replyTo) implements Command, ClusterMessage {}

    /** An answer to what this node's server has asked. */
    record ToServer(String stanza) implements Command, ClusterMessage {}

    /** The component's secret is another now, or none. */
    record DropComponent(String name) implements Command, ClusterMessage {}

    /**
     * A user's entity has started, and knows nobody yet. It is answered by its reference: where it has moved meanwhile it asks for itself, and an answer by its ID
     * would start one that nobody needs.
     *
     * @param account the bare address
     */
    record WhoIsThere(String account, ActorRef<XmppUser.Command> replyTo) implements Command, ClusterMessage {}

    /** What another node has. {@code uid}: the resource of its server's address. */
    record Announced(ActorRef<Command> node, String uid, List<ComponentOffer> offers)
            implements Command, ClusterMessage {}

    private record Seen(Receptionist.Listing listing) implements Command {}

    private enum Due implements Command {
        ANNOUNCE
    }

    private final XmppNode node;
    private Set<ActorRef<Command>> others = Set.of();

    static Behavior<Command> create(XmppNode node) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new StanzaPost(context, timers, node)));
    }

    private StanzaPost(ActorContext<Command> context, TimerScheduler<Command> timers, XmppNode node) {
        super(context);
        this.node = node;
        context.getSystem().receptionist().tell(Receptionist.register(KEY, context.getSelf()));
        context.getSystem()
                .receptionist()
                .tell(Receptionist.subscribe(KEY, context.messageAdapter(Receptionist.Listing.class, Seen::new)));
        timers.startTimerWithFixedDelay(Due.ANNOUNCE, ANNOUNCE_EVERY);
        ActorRef<Command> self = context.getSelf();
        node.directory().onLocalChange(() -> self.tell(Due.ANNOUNCE));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(ToClient.class, this::onToClient)
                .onMessage(CloseClient.class, this::onCloseClient)
                .onMessage(ToComponent.class, this::onToComponent)
                .onMessage(ToServer.class, this::onToServer)
                .onMessage(DropComponent.class, this::onDropComponent)
                .onMessage(WhoIsThere.class, this::onWhoIsThere)
                .onMessage(Announced.class, this::onAnnounced)
                .onMessage(Seen.class, this::onSeen)
                .onMessageEquals(Due.ANNOUNCE, this::announce)
                .build();
    }

    private Behavior<Command> onToClient(ToClient to) {
        Element stanza = StanzaText.parse(to.stanza());
        Optional<BoundClient> client = node.streams().client(to.connection());
        if (client.isPresent()) {
            client.get().connection().send(stanza);
        } else {
            forget(to);
            node.router().routeUndelivered(stanza);
        }
        to.replyTo().tell(new Taken(true));
        return this;
    }

    /** The entity is told before the stanza comes to it again. */
    private void forget(ToClient to) {
        Jid.parse(to.address())
                .ifPresent(address -> node.router()
                        .user(address)
                        .tell(new XmppUser.Unbind(
                                String.valueOf(address.resource()),
                                to.connection(),
                                getContext().getSelf())));
        // Bound at this very moment: its word may have been faster.
        node.streams().client(to.connection()).ifPresent(node::tellAgain);
    }

    private Behavior<Command> onCloseClient(CloseClient close) {
        node.streams()
                .client(close.connection())
                .filter(client -> client.address().toString().equals(close.address()))
                .ifPresent(client -> client.connection()
                        .close(StreamCondition.CONFLICT, "Another client has taken this resource over."));
        return this;
    }

    private Behavior<Command> onToComponent(ToComponent to) {
        node.streams().component(to.name()).ifPresent(component -> component.send(StanzaText.parse(to.stanza())));
        to.replyTo().tell(new Taken(true));
        return this;
    }

    private Behavior<Command> onToServer(ToServer to) {
        node.iqs().answered(StanzaText.parse(to.stanza()));
        return this;
    }

    private Behavior<Command> onDropComponent(DropComponent drop) {
        node.streams()
                .component(drop.name())
                .ifPresent(component -> component.close(
                        StreamCondition.NOT_AUTHORIZED, "The secret of this component has been changed or removed."));
        return this;
    }

    private Behavior<Command> onWhoIsThere(WhoIsThere question) {
        node.tellAll(question.account(), question.replyTo());
        return this;
    }

    private Behavior<Command> onAnnounced(Announced announced) {
        if (others.contains(announced.node())) {
            node.directory().remote(announced.node(), announced.uid(), announced.offers());
        }
        return this;
    }

    private Behavior<Command> onSeen(Seen seen) {
        Set<ActorRef<Command>> now = new HashSet<>(seen.listing().getServiceInstances(KEY));
        now.remove(getContext().getSelf());
        Set<ActorRef<Command>> gone = new HashSet<>(others);
        gone.removeAll(now);
        others = now;
        gone.forEach(node::nodeGone);
        return announce();
    }

    private Behavior<Command> announce() {
        Announced words = new Announced(
                getContext().getSelf(), node.uid(), node.directory().local());
        others.forEach(other -> other.tell(words));
        return this;
    }
}
