package io.convoke.actors.xmpp.server;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import io.convoke.actors.state.ClusterMessage;
import io.convoke.actors.xmpp.StanzaRouter;
import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.StanzaCondition;
import io.convoke.protocols.xmpp.Stanzas;
import io.convoke.protocols.xmpp.xml.Element;
import org.jspecify.annotations.Nullable;

/**
 * Where one user's clients are: sharded by bare address, gone when there is none. It remembers nothing across a move to another node; the nodes that have the
 * clients tell it again.
 */
final class XmppUser extends AbstractBehavior<XmppUser.Command> {
    /** How to find one: the entity's ID is the bare address. */
    static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "XmppUser");

    sealed interface Command {}

    /** A client wants the resource; whoever has it is closed. */
    record Bind(String resource, long connection, ActorRef<StanzaPost.Command> node, ActorRef<BindAnswer> replyTo)
            implements Command, ClusterMessage {}

    /** {@code bound}: false where the user has too many already. */
    record BindAnswer(boolean bound) implements ClusterMessage {}

    /** A client that has bound is still there: to be taken up where that has been forgotten. */
    record Assert(String resource, long connection, ActorRef<StanzaPost.Command> node, boolean available, int priority)
            implements Command, ClusterMessage {}

    record SetPresence(
            String resource, long connection, ActorRef<StanzaPost.Command> node, boolean available, int priority)
            implements Command, ClusterMessage {}

    record Unbind(String resource, long connection, ActorRef<StanzaPost.Command> node)
            implements Command, ClusterMessage {}

    /** A stanza to the user or one of its resources. Answered when another stanza may come. */
    record Deliver(String stanza, ActorRef<Taken> replyTo) implements Command, ClusterMessage {}

    private record NodeGone(ActorRef<StanzaPost.Command> node) implements Command {}

    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final String address;
    private final int maxResources;
    private final StanzaRouter router;
    private final Resources resources = new Resources();
    private boolean leaving;

    static Behavior<Command> create(
            String address, ActorRef<ClusterSharding.ShardCommand> shard, int maxResources, StanzaRouter router) {
        return Behaviors.setup(context -> new XmppUser(context, address, shard, maxResources, router));
    }

    private XmppUser(
            ActorContext<Command> context,
            String address,
            ActorRef<ClusterSharding.ShardCommand> shard,
            int maxResources,
            StanzaRouter router) {
        super(context);
        this.address = address;
        this.shard = shard;
        this.maxResources = maxResources;
        this.router = router;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Bind.class, this::onBind)
                .onMessage(Assert.class, this::onAssert)
                .onMessage(SetPresence.class, this::onSetPresence)
                .onMessage(Unbind.class, this::onUnbind)
                .onMessage(Deliver.class, this::onDeliver)
                .onMessage(NodeGone.class, this::onNodeGone)
                .onSignal(PostStop.class, stopped -> onStopped())
                .build();
    }

    private Behavior<Command> onBind(Bind bind) {
        Resources.Place before = resources.get(bind.resource());
        if (before == null && resources.size() >= maxResources) {
            bind.replyTo().tell(new BindAnswer(false));
            return this;
        }
        put(bind.resource(), new Resources.Place(bind.connection(), bind.node(), false, 0));
        bind.replyTo().tell(new BindAnswer(true));
        if (before != null && !before.isAt(bind.connection(), bind.node())) {
            close(before, bind.resource());
        }
        return this;
    }

    private Behavior<Command> onAssert(Assert there) {
        Resources.Place before = resources.get(there.resource());
        Resources.Place now =
                new Resources.Place(there.connection(), there.node(), there.available(), there.priority());
        if (before == null) {
            put(there.resource(), now);
        } else if (!before.isAt(there.connection(), there.node())) {
            close(now, there.resource());
        }
        return this;
    }

    private Behavior<Command> onSetPresence(SetPresence presence) {
        Resources.Place before = resources.get(presence.resource());
        if (before == null || before.isAt(presence.connection(), presence.node())) {
            put(
                    presence.resource(),
                    new Resources.Place(
                            presence.connection(), presence.node(), presence.available(), presence.priority()));
        }
        return this;
    }

    private Behavior<Command> onUnbind(Unbind unbind) {
        resources.remove(unbind.resource(), unbind.connection(), unbind.node());
        if (!resources.isOn(unbind.node())) {
            getContext().unwatch(unbind.node());
        }
        return leaveWhenEmpty();
    }

    private Behavior<Command> onDeliver(Deliver deliver) {
        Element stanza = StanzaText.parse(deliver.stanza());
        @Nullable
        String resource = Jid.parse(stanza.attribute("to")).map(Jid::resource).orElse(null);
        Resources.Decision decision = resources.decide(stanza, resource);
        ActorRef<Taken> replyTo = deliver.replyTo();
        for (Resources.Place target : decision.targets()) {
            target.node().tell(new StanzaPost.ToClient(target.connection(), deliver.stanza(), replyTo));
            replyTo = getContext().getSystem().ignoreRef();
        }
        if (decision.targets().isEmpty()) {
            replyTo.tell(new Taken(false));
            StanzaCondition error = decision.error();
            if (error != null && Stanzas.mayAnswerWithError(stanza)) {
                router.route(Stanzas.error(stanza, error, null));
            }
        }
        return leaveWhenEmpty();
    }

    private Behavior<Command> onNodeGone(NodeGone gone) {
        resources.removeAllOn(gone.node());
        return leaveWhenEmpty();
    }

    private void put(String resource, Resources.Place place) {
        if (!resources.isOn(place.node())) {
            getContext().watchWith(place.node(), new NodeGone(place.node()));
        }
        resources.put(resource, place);
    }

    private void close(Resources.Place place, String resource) {
        place.node().tell(new StanzaPost.CloseClient(place.connection(), address + "/" + resource));
    }

    private Behavior<Command> leaveWhenEmpty() {
        if (resources.size() == 0 && !leaving) {
            leaving = true;
            shard.tell(new ClusterSharding.Passivate<>(getContext().getSelf()));
        } else if (resources.size() > 0) {
            leaving = false;
        }
        return this;
    }

    /** Stopped with resources in hand: the shard moves. Wherever the user is next, it is to be told of them. */
    private Behavior<Command> onStopped() {
        resources.all().forEach(place -> place.node().tell(new StanzaPost.TellAgain(place.connection())));
        return this;
    }
}
