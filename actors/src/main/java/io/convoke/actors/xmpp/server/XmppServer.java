package io.convoke.actors.xmpp.server;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.convoke.actors.node.StateJson;
import io.convoke.actors.state.GetState;
import io.convoke.actors.trace.Ids;
import io.convoke.media.xmpp.ComponentConnection;
import io.convoke.media.xmpp.Listener;
import io.convoke.protocols.xmpp.StreamCondition;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One node's XMPP server: keeps its ports open, knows its streams, answers for them. */
public final class XmppServer extends AbstractBehavior<XmppServer.Command> {
    /** The kind on the board. */
    public static final String KIND = "xmpp-servers";

    public sealed interface Command {}

    /** Takes the wire over and opens its ports. Once. */
    record Serve(ServerWire wire, List<Listener> listeners, BiConsumer<Listener, InetSocketAddress> opened)
            implements Command {}

    /** Says goodbye to the clients: done when they are gone, or after a bound. */
    record StopClients(ActorRef<Done> replyTo) implements Command {}

    /** Closes ports and components, after the clients. */
    record Stop(ActorRef<Done> replyTo) implements Command {}

    record ClientBound(BoundClient client) implements Command {}

    record ClientGone(BoundClient client, String reason) implements Command {}

    record ComponentUp(ComponentConnection component) implements Command {}

    record ComponentGone(ComponentConnection component, String reason) implements Command {}

    private record Offered(ComponentOffer offer) implements Command {}

    private record Opened(
            PortState port,
            @Nullable InetSocketAddress address,
            @Nullable Throwable failure) implements Command {}

    private record RetryDue(PortState port) implements Command {}

    private record Closed(ActorRef<Done> replyTo) implements Command {}

    private record Asked(GetState question) implements Command {}

    private enum Due implements Command {
        CLIENTS_GONE
    }

    private final XmppNode node;
    private final LoginCounters counters;
    private final TimerScheduler<Command> timers;
    private final Instant since;
    private final List<PortState> ports = new ArrayList<>();
    private final Map<Long, ActorRef<ClientView.Command>> clients = new HashMap<>();
    private final Map<Long, ActorRef<ComponentWatch.Command>> components = new HashMap<>();
    private final Map<Long, ComponentOffer> offers = new LinkedHashMap<>();
    private @Nullable ServerWire wire;
    private BiConsumer<Listener, InetSocketAddress> opened = (listener, address) -> {};
    private @Nullable ActorRef<Done> waitingForClients;
    private boolean stopping;

    static Behavior<Command> create(XmppNode node, LoginCounters counters) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new XmppServer(context, timers, node, counters)));
    }

    private XmppServer(
            ActorContext<Command> context, TimerScheduler<Command> timers, XmppNode node, LoginCounters counters) {
        super(context);
        this.node = node;
        this.timers = timers;
        this.counters = counters;
        this.since = node.context().clock().instant();
        node.context().board().register(KIND, id(), context.messageAdapter(GetState.class, Asked::new));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Serve.class, this::onServe)
                .onMessage(Opened.class, this::onOpened)
                .onMessage(RetryDue.class, due -> open(due.port()))
                .onMessage(ClientBound.class, this::onClientBound)
                .onMessage(ClientGone.class, this::onClientGone)
                .onMessage(ComponentUp.class, this::onComponentUp)
                .onMessage(ComponentGone.class, this::onComponentGone)
                .onMessage(Offered.class, this::onOffered)
                .onMessage(StopClients.class, this::onStopClients)
                .onMessageEquals(Due.CLIENTS_GONE, this::clientsGone)
                .onMessage(Stop.class, this::onStop)
                .onMessage(Closed.class, this::onClosed)
                .onMessage(Asked.class, this::onAsked)
                .onSignal(PostStop.class, stopped -> onStopped())
                .build();
    }

    private Behavior<Command> onServe(Serve serve) {
        wire = serve.wire();
        opened = serve.opened();
        for (Listener listener : serve.listeners()) {
            PortState port = new PortState(listener);
            ports.add(port);
            open(port);
        }
        return this;
    }

    private Behavior<Command> open(PortState port) {
        ServerWire opening = wire;
        if (opening != null && !stopping) {
            getContext()
                    .pipeToSelf(
                            opening.bind(port.listener()), (address, failure) -> new Opened(port, address, failure));
        }
        return this;
    }

    private Behavior<Command> onOpened(Opened result) {
        PortState port = result.port();
        if (result.address() != null) {
            port.opened(result.address());
            opened.accept(port.listener(), result.address());
            say("xmppListening", "listening for " + port.name() + " on " + port.address());
        } else {
            Throwable failure = result.failure();
            String words =
                    failure == null || failure.getMessage() == null ? String.valueOf(failure) : failure.getMessage();
            Duration pause = port.failed(
                    words,
                    node.context().clock().instant(),
                    node.settings().firstRetry(),
                    node.settings().longestRetry());
            say(
                    "xmppNotListening",
                    "cannot listen for " + port.name() + " on " + port.address() + ": " + words + "; again in "
                            + pause.toSeconds() + " s");
            timers.startSingleTimer(new RetryDue(port), new RetryDue(port), pause);
        }
        return changed();
    }

    private Behavior<Command> onClientBound(ClientBound bound) {
        BoundClient client = bound.client();
        if (stopping) {
            client.connection().close(StreamCondition.SYSTEM_SHUTDOWN, "This server is being stopped.");
        }
        clients.put(client.connection().id(), getContext().spawnAnonymous(ClientView.create(node, client)));
        node.context()
                .journal()
                .record(
                        "xmppClientUp",
                        Ids.none().withUser(client.connection().local()),
                        "XMPP: client " + client.address() + " is there ("
                                + client.connection().transport() + ")");
        return this;
    }

    private Behavior<Command> onClientGone(ClientGone gone) {
        ActorRef<ClientView.Command> view =
                clients.remove(gone.client().connection().id());
        if (view != null) {
            view.tell(ClientView.Gone.INSTANCE);
        }
        node.context()
                .journal()
                .record(
                        "xmppClientGone",
                        Ids.none().withUser(gone.client().connection().local()),
                        "XMPP: client " + gone.client().address() + " is gone: " + gone.reason());
        return waitingForClients != null && clients.isEmpty() ? clientsGone() : this;
    }

    private Behavior<Command> onComponentUp(ComponentUp up) {
        ComponentConnection component = up.component();
        ActorRef<Command> self = getContext().getSelf();
        components.put(
                component.id(),
                getContext()
                        .spawnAnonymous(
                                ComponentWatch.create(node, component, offer -> self.tell(new Offered(offer)))));
        say("xmppComponentUp", "component " + component.name() + " has registered (" + component.transport() + ")");
        return onOffered(new Offered(ComponentOffer.plain(component.name(), component.id())));
    }

    private Behavior<Command> onComponentGone(ComponentGone gone) {
        ActorRef<ComponentWatch.Command> watch =
                components.remove(gone.component().id());
        if (watch != null) {
            watch.tell(ComponentWatch.Gone.INSTANCE);
        }
        offers.remove(gone.component().id());
        node.directory().local(List.copyOf(offers.values()));
        say("xmppComponentGone", "component " + gone.component().name() + " is gone: " + gone.reason());
        return changed();
    }

    private Behavior<Command> onOffered(Offered offered) {
        ComponentOffer offer = offered.offer();
        if (components.containsKey(offer.registration())) {
            ComponentOffer before = offers.put(offer.registration(), offer);
            if (offer.decidesLogins() && (before == null || !before.decidesLogins())) {
                say("xmppCallbridgeReady", "component " + offer.name() + " decides logins from now on");
            }
            if (!offer.equals(before)) {
                node.directory().local(List.copyOf(offers.values()));
            }
        }
        return this;
    }

    private Behavior<Command> onStopClients(StopClients stop) {
        stopping = true;
        waitingForClients = stop.replyTo();
        node.streams()
                .clients()
                .forEach(client ->
                        client.connection().close(StreamCondition.SYSTEM_SHUTDOWN, "This server is being stopped."));
        timers.startSingleTimer(Due.CLIENTS_GONE, node.settings().stopWithin());
        return clients.isEmpty() ? clientsGone() : changed();
    }

    private Behavior<Command> clientsGone() {
        if (waitingForClients != null) {
            waitingForClients.tell(Done.getInstance());
            waitingForClients = null;
        }
        return this;
    }

    private Behavior<Command> onStop(Stop stop) {
        stopping = true;
        ServerWire closing = wire;
        if (closing == null) {
            return onClosed(new Closed(stop.replyTo()));
        }
        wire = null;
        getContext().pipeToSelf(closing.close(), (done, failure) -> new Closed(stop.replyTo()));
        return changed();
    }

    private Behavior<Command> onClosed(Closed closed) {
        closed.replyTo().tell(Done.getInstance());
        return Behaviors.stopped();
    }

    private Behavior<Command> changed() {
        node.context().board().changed(KIND, id());
        return this;
    }

    private String id() {
        return node.settings().server().toString();
    }

    private Behavior<Command> onAsked(Asked asked) {
        boolean open = !ports.isEmpty() && ports.stream().allMatch(PortState::isOpen);
        String state = stopping ? "stopping" : ports.isEmpty() ? "starting" : open ? "listening" : "waiting";
        StateJson json = new StateJson(KIND, id(), node.context().name(), since, state)
                .with("domain", node.settings().domain())
                .with("listeners", ports.stream().map(PortState::view).toList())
                .with("clients", clients.size())
                .with("components", components.size())
                .with("callbridges", node.directory().callbridges().size())
                .with("logins", counters.all());
        if (wire != null) {
            json.with("connections", wire.connections());
        }
        asked.question().replyTo().tell(json.snapshot());
        return this;
    }

    private Behavior<Command> onStopped() {
        if (wire != null) {
            wire.close();
        }
        return this;
    }

    private void say(String step, String text) {
        node.context().journal().record(step, Ids.none(), "XMPP: " + text);
    }
}
