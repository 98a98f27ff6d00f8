package io.convoke.actors.chat;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.space.PasscodeThrottle;
import io.convoke.actors.space.Space;
import io.convoke.actors.space.SpaceDirectory;
import io.convoke.actors.xmpp.StanzaRouter;
import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.StanzaCondition;
import io.convoke.protocols.xmpp.Stanzas;
import io.convoke.protocols.xmpp.xml.Element;
import io.convoke.protocols.xmpp.xml.XmlOutput;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A node's way into the rooms for the XMPP clients it has: finds the room, checks the passcode (which goes no further), and hands on in the order of each
 * client. Rooms watch it: when it is gone, so are the clients of its node.
 */
public final class ChatGate extends AbstractBehavior<ChatGate.Command> {
    private static final int MOST_WAITING = 10_000;
    private static final Duration TAKEN_WITHIN = Duration.ofSeconds(5);

    public sealed interface Command {}

    /** A stanza to a room; {@code taken} is completed when the room has it. */
    record Stanza(Element stanza, CompletableFuture<Done> taken) implements Command {}

    private record Found(Visit visit, @Nullable Space space) implements Command {}

    private record LookupFailed(Visit visit) implements Command {}

    private record CheckPasscode(Visit visit, Space space) implements Command {}

    private record Checked(
            Visit visit, Space space, @Nullable Boolean holds) implements Command {}

    private record Handed(Visit visit) implements Command {}

    /** What the node gives. */
    record Ports(
            NodeContext node,
            SpaceDirectory spaces,
            StanzaRouter router,
            Function<UUID, RecipientRef<ChatRoomCommand>> rooms) {}

    private final Ports ports;
    private final TimerScheduler<Command> timers;
    private final PasscodeThrottle throttle;
    private final Map<String, Deque<Visit>> waiting = new HashMap<>();
    private int waitingStanzas;

    static Behavior<Command> create(PasscodeThrottle.Settings passcodes, Ports ports) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new ChatGate(context, timers, passcodes, ports)));
    }

    private ChatGate(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            PasscodeThrottle.Settings passcodes,
            Ports ports) {
        super(context);
        this.timers = timers;
        this.ports = ports;
        this.throttle = new PasscodeThrottle(passcodes);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Stanza.class, this::onStanza)
                .onMessage(Found.class, this::onFound)
                .onMessage(LookupFailed.class, this::onLookupFailed)
                .onMessage(CheckPasscode.class, this::onCheckPasscode)
                .onMessage(Checked.class, this::onChecked)
                .onMessage(Handed.class, this::onHanded)
                .build();
    }

    private Behavior<Command> onStanza(Stanza message) {
        Optional<Visit> read = Visit.of(message.stanza(), message.taken());
        if (read.isEmpty()) {
            message.taken().complete(Done.getInstance());
            return this;
        }
        Visit visit = read.get();
        if (waitingStanzas >= MOST_WAITING) {
            refuse(visit, StanzaCondition.RESOURCE_CONSTRAINT, "The chat has too much to do. Try again later.");
            visit.taken().complete(Done.getInstance());
            return this;
        }
        waitingStanzas++;
        Deque<Visit> queue = waiting.computeIfAbsent(visit.client(), first -> new ArrayDeque<>());
        queue.add(visit);
        if (queue.size() == 1) {
            find(visit);
        }
        return this;
    }

    private void find(Visit visit) {
        String room = visit.room();
        getContext()
                .pipeToSelf(
                        ports.spaces()
                                .byUri(room)
                                .thenCompose(found -> found.isPresent()
                                        ? CompletableFuture.completedFuture(found)
                                        : ports.spaces().byCallId(room)),
                        (space, failure) ->
                                failure == null ? new Found(visit, space.orElse(null)) : new LookupFailed(visit));
    }

    private Behavior<Command> onFound(Found found) {
        Visit visit = found.visit();
        Space space = found.space();
        if (space == null || !space.chat()) {
            refuse(
                    visit,
                    StanzaCondition.ITEM_NOT_FOUND,
                    space == null
                            ? "No meeting has that address. Check it with whoever invited you."
                            : "This meeting has no chat.");
            return done(visit);
        }
        if (!visit.isEntry() || !space.hasPasscode()) {
            return handOn(visit, space, !space.hasPasscode());
        }
        if (visit.passcode().isEmpty()) {
            // Nothing was guessed: this is how a client learns that it has to ask for one.
            return handOn(visit, space, false);
        }
        PasscodeThrottle.Decision decision = throttle.check(visit.source(), space.id(), now());
        if (decision instanceof PasscodeThrottle.Refuse refusal) {
            refuse(
                    visit,
                    StanzaCondition.RESOURCE_CONSTRAINT,
                    "There were too many wrong passcodes. Try again in "
                            + Math.max(1, refusal.retryAfter().toSeconds()) + " seconds.");
            return done(visit);
        }
        Duration delay = ((PasscodeThrottle.Go) decision).delay();
        CheckPasscode check = new CheckPasscode(visit, space);
        if (delay.isZero()) {
            return onCheckPasscode(check);
        }
        timers.startSingleTimer(visit, check, delay);
        return this;
    }

    private Behavior<Command> onLookupFailed(LookupFailed failed) {
        refuse(
                failed.visit(),
                StanzaCondition.RECIPIENT_UNAVAILABLE,
                "Meetings cannot be looked up at the moment. Try again in a few seconds.");
        return done(failed.visit());
    }

    private Behavior<Command> onCheckPasscode(CheckPasscode check) {
        getContext()
                .pipeToSelf(
                        ports.spaces()
                                .passcodeHolds(check.space().id(), check.visit().passcode()),
                        (holds, failure) -> new Checked(check.visit(), check.space(), failure == null ? holds : null));
        return this;
    }

    private Behavior<Command> onChecked(Checked checked) {
        Visit visit = checked.visit();
        UUID space = checked.space().id();
        if (checked.holds() == null) {
            throttle.abandoned(visit.source(), space);
            refuse(visit, StanzaCondition.RECIPIENT_UNAVAILABLE, "Passcodes cannot be checked at the moment.");
            return done(visit);
        } else if (checked.holds()) {
            throttle.succeeded(visit.source(), space);
        } else {
            throttle.failed(visit.source(), space, now());
        }
        return handOn(visit, checked.space(), checked.holds());
    }

    private Behavior<Command> handOn(Visit visit, Space space, boolean passcodeHolds) {
        ActorRef<Command> self = getContext().getSelf();
        String text = XmlOutput.text(visit.withoutPasscode(), "");
        getContext()
                .ask(
                        ChatRoomCommand.Taken.class,
                        ports.rooms().apply(space.id()),
                        TAKEN_WITHIN,
                        (ActorRef<ChatRoomCommand.Taken> to) ->
                                new ChatRoomCommand.FromXmpp(space, text, passcodeHolds, self, to),
                        (taken, failure) -> new Handed(visit));
        return next(visit);
    }

    /** A room that moves takes a stanza later, or never; the client's connection must not wait for it. */
    private Behavior<Command> onHanded(Handed handed) {
        handed.visit().taken().complete(Done.getInstance());
        return this;
    }

    private Behavior<Command> done(Visit visit) {
        visit.taken().complete(Done.getInstance());
        return next(visit);
    }

    private Behavior<Command> next(Visit visit) {
        waitingStanzas--;
        Deque<Visit> queue = waiting.get(visit.client());
        if (queue != null) {
            queue.remove();
            if (queue.isEmpty()) {
                waiting.remove(visit.client());
            } else {
                find(queue.element());
            }
        }
        return this;
    }

    private void refuse(Visit visit, StanzaCondition condition, String text) {
        Element stanza = visit.stanza();
        if (Stanzas.mayAnswerWithError(stanza) && !"unavailable".equals(stanza.attribute("type"))) {
            ports.router()
                    .route(Stanzas.error(stanza.without(child -> child.is("x", Namespaces.MUC)), condition, text));
        }
    }

    private long now() {
        return ports.node().nanos().getAsLong();
    }
}
