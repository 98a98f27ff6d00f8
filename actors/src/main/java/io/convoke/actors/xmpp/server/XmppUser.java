package io.convoke.actors.xmpp.server;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import io.convoke.actors.state.ClusterMessage;
import io.convoke.actors.xmpp.StanzaRouter;
import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.StanzaCondition;
import io.convoke.protocols.xmpp.Stanzas;
import io.convoke.protocols.xmpp.xml.Element;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where one user's clients are: sharded by bare address, gone when there is none. It remembers nothing across a move to another node, nor does it outlive its
 * node: whenever it starts, it asks all nodes whom they have, and stanzas wait for their answers, for three seconds and 256 stanzas at most.
 */
final class XmppUser extends AbstractBehavior<XmppUser.Command> {
    /** How long stanzas wait for what the nodes say; less than senders wait. */
    static final Duration HOLD = Duration.ofSeconds(3);
    /** A node that has not answered is asked again. */
    static final Duration ASK_EVERY = Duration.ofSeconds(1);
    /** Stanzas that wait; one more is refused. */
    static final int MAX_HELD = 256;

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

    /** A node has said of each of the user's clients there that it is. {@code uid}: the node. */
    record Told(String uid) implements Command, ClusterMessage {}

    private record NodeGone(ActorRef<StanzaPost.Command> node) implements Command {}

    private enum Due implements Command {
        ASK,
        RELEASE
    }

    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final String address;
    private final int maxResources;
    private final StanzaRouter router;
    private final UserNodes nodes;
    private final TimerScheduler<Command> timers;
    private final RollCall rollCall;
    private final Resources resources = new Resources();
    private final Deque<Deliver> held = new ArrayDeque<>();
    private boolean holding = true;
    private boolean leaving;

    static Behavior<Command> create(
            String address,
            ActorRef<ClusterSharding.ShardCommand> shard,
            int maxResources,
            StanzaRouter router,
            UserNodes nodes) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new XmppUser(context, timers, address, shard, maxResources, router, nodes)));
    }

    private XmppUser(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            String address,
            ActorRef<ClusterSharding.ShardCommand> shard,
            int maxResources,
            StanzaRouter router,
            UserNodes nodes) {
        super(context);
        this.timers = timers;
        this.address = address;
        this.shard = shard;
        this.maxResources = maxResources;
        this.router = router;
        this.nodes = nodes;
        this.rollCall = new RollCall(nodes);
        timers.startTimerWithFixedDelay(Due.ASK, ASK_EVERY);
        timers.startSingleTimer(Due.RELEASE, HOLD);
        ask();
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Bind.class, this::onBind)
                .onMessage(Assert.class, this::onAssert)
                .onMessage(SetPresence.class, this::onSetPresence)
                .onMessage(Unbind.class, this::onUnbind)
                .onMessage(Deliver.class, this::onDeliver)
                .onMessage(Told.class, this::onTold)
                .onMessage(NodeGone.class, this::onNodeGone)
                .onMessageEquals(Due.ASK, this::onAskDue)
                .onMessageEquals(Due.RELEASE, this::release)
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
        if (!holding) {
            deliver(deliver);
            return leaveWhenEmpty();
        }
        if (held.size() < MAX_HELD) {
            held.add(deliver);
        } else {
            Element stanza = StanzaText.parse(deliver.stanza());
            boolean presence = stanza.name().equals("presence");
            refuse(stanza, presence ? null : StanzaCondition.RESOURCE_CONSTRAINT, deliver.replyTo());
        }
        return this;
    }

    private void deliver(Deliver deliver) {
        Element stanza = StanzaText.parse(deliver.stanza());
        @Nullable
        String resource = Jid.parse(stanza.attribute("to")).map(Jid::resource).orElse(null);
        Resources.Decision decision = resources.decide(stanza, resource);
        ActorRef<Taken> replyTo = deliver.replyTo();
        for (Resources.Target target : decision.targets()) {
            target.place()
                    .node()
                    .tell(new StanzaPost.ToClient(
                            target.place().connection(), full(target.resource()), deliver.stanza(), replyTo));
            replyTo = getContext().getSystem().ignoreRef();
        }
        if (decision.targets().isEmpty()) {
            refuse(stanza, decision.error(), replyTo);
        }
    }

    private void refuse(Element stanza, @Nullable StanzaCondition error, ActorRef<Taken> replyTo) {
        replyTo.tell(new Taken(false));
        if (error != null && Stanzas.mayAnswerWithError(stanza)) {
            router.route(Stanzas.error(stanza, error, null));
        }
    }

    private Behavior<Command> onTold(Told told) {
        rollCall.told(told.uid());
        return rollCall.isWaiting() ? this : release();
    }

    private Behavior<Command> onAskDue() {
        ask();
        return rollCall.isWaiting() ? this : release();
    }

    private void ask() {
        Set<String> missing = rollCall.missing();
        StanzaPost.WhoIsThere question =
                new StanzaPost.WhoIsThere(address, getContext().getSelf());
        missing.forEach(uid -> nodes.post(uid).ifPresent(post -> post.tell(question)));
        if (missing.isEmpty()) {
            timers.cancel(Due.ASK);
        }
    }

    /** All that answer have answered, or have had the time to: what is known now decides. */
    private Behavior<Command> release() {
        if (holding) {
            holding = false;
            timers.cancel(Due.RELEASE);
            held.forEach(this::deliver);
            held.clear();
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
        place.node().tell(new StanzaPost.CloseClient(place.connection(), full(resource)));
    }

    private String full(String resource) {
        return address + "/" + resource;
    }

    private Behavior<Command> leaveWhenEmpty() {
        if (resources.size() == 0 && !leaving && !holding) {
            leaving = true;
            shard.tell(new ClusterSharding.Passivate<>(getContext().getSelf()));
        } else if (resources.size() > 0) {
            leaving = false;
        }
        return this;
    }
}
