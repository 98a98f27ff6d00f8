package io.convoke.actors.xmpp.server;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.convoke.actors.node.StateJson;
import io.convoke.actors.state.GetState;
import io.convoke.media.xmpp.ComponentConnection;
import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.StreamCondition;
import io.convoke.protocols.xmpp.login.LoginLoad;
import io.convoke.protocols.xmpp.login.LoginRequest;
import io.convoke.protocols.xmpp.xml.Element;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One component of this node: finds out whether it decides logins, asks it again and again how busy it is, drops it when it stays silent. */
final class ComponentWatch extends AbstractBehavior<ComponentWatch.Command> {
    static final String KIND = "xmpp-components";

    sealed interface Command {}

    /** The stream is over. */
    enum Gone implements Command {
        INSTANCE
    }

    private record Discovered(@Nullable Element answer) implements Command {}

    private record Loaded(@Nullable Element answer) implements Command {}

    private record Asked(GetState question) implements Command {}

    private enum Due implements Command {
        DISCOVER,
        LOAD
    }

    private final XmppNode node;
    private final TimerScheduler<Command> timers;
    private final ComponentConnection component;
    private final ComponentPlace place;
    private final Consumer<ComponentOffer> offers;
    private @Nullable LoginLoad load;
    private String state = "registered";

    /** {@code offers} is told whenever there is something new, on this actor's thread. */
    static Behavior<Command> create(XmppNode node, ComponentConnection component, Consumer<ComponentOffer> offers) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new ComponentWatch(context, timers, node, component, offers)));
    }

    private ComponentWatch(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            XmppNode node,
            ComponentConnection component,
            Consumer<ComponentOffer> offers) {
        super(context);
        this.node = node;
        this.timers = timers;
        this.component = component;
        this.offers = offers;
        this.place = new ComponentPlace(ComponentOffer.plain(component.name(), component.id()), null);
        node.context().board().register(KIND, id(), context.messageAdapter(GetState.class, Asked::new));
        discover();
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Discovered.class, this::onDiscovered)
                .onMessage(Loaded.class, this::onLoaded)
                .onMessageEquals(Due.DISCOVER, this::discover)
                .onMessageEquals(Due.LOAD, this::askLoad)
                .onMessageEquals(Gone.INSTANCE, Behaviors::stopped)
                .onMessage(Asked.class, this::onAsked)
                .build();
    }

    private Behavior<Command> discover() {
        ask(Element.of("query", Namespaces.DISCO_INFO), Discovered::new);
        return this;
    }

    private Behavior<Command> onDiscovered(Discovered found) {
        Element answer = found.answer();
        if (answer == null) {
            // Too busy, or a component that does not know service discovery: that costs nobody anything.
            timers.startSingleTimer(Due.DISCOVER, node.settings().loadEvery());
            return this;
        }
        boolean decides = answer.child("query", Namespaces.DISCO_INFO).stream()
                .flatMap(Element::children)
                .anyMatch(feature ->
                        feature.name().equals("feature") && Namespaces.LOGIN.equals(feature.attribute("var")));
        return decides ? askLoad() : this;
    }

    private Behavior<Command> askLoad() {
        ask(new LoginRequest.Load().payload(), Loaded::new);
        return this;
    }

    private Behavior<Command> onLoaded(Loaded loaded) {
        if (loaded.answer() == null) {
            state = "silent";
            component.close(
                    StreamCondition.CONNECTION_TIMEOUT,
                    "Expected an answer about the load within "
                            + node.settings().loadWithin().toSeconds() + " s, but none came.");
            return this;
        }
        load = LoginLoad.of(loaded.answer()).orElse(null);
        if (load != null) {
            state = "decidesLogins";
            offers.accept(ComponentOffer.of(component.name(), component.id(), load));
        } else {
            state = "registered";
            offers.accept(ComponentOffer.plain(component.name(), component.id()));
        }
        timers.startSingleTimer(Due.LOAD, node.settings().loadEvery());
        return this;
    }

    private interface Answer {
        Command of(@Nullable Element answer);
    }

    private void ask(Element payload, Answer then) {
        Duration within = node.settings().loadWithin();
        getContext().pipeToSelf(node.iqs().ask(place, "get", payload, within), (answer, failure) -> then.of(answer));
    }

    private String id() {
        return component.name() + ":" + component.id();
    }

    private Behavior<Command> onAsked(Asked asked) {
        ComponentConnection.Traffic traffic = component.traffic();
        StateJson json = new StateJson(KIND, id(), node.context().name(), component.since(), state)
                .with("name", component.name())
                .with("transport", component.transport())
                .with("stanzasIn", traffic.stanzasIn())
                .with("stanzasOut", traffic.stanzasOut())
                .with("pendingBytes", traffic.pendingBytes())
                .with("load", load);
        component.certificate().ifPresent(certificate -> json.with("certificate", certificate));
        asked.question().replyTo().tell(json.snapshot());
        return this;
    }
}
