package io.convoke.actors.callleg;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.StashBuffer;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import io.convoke.actors.chat.ChatEvent;
import io.convoke.actors.chat.ChatRoomCommand;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.state.ClusterMessage;
import io.convoke.actors.state.GetState;
import io.convoke.actors.state.StateSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One participant's call leg; sharded by its GUID. Speaks the client protocol with whatever connection the client has at the moment, and outlives
 * connections. Its media is anchored elsewhere: what the client wants of it goes to the anchor. An entity that has moved to another node asks for what it
 * forgot, first the anchor it hears from, or else the conference through the client's entry.
 */
public final class CallLeg extends AbstractBehavior<CallLeg.Command> {
    /** How to find one: the entity's ID is the leg's GUID. */
    public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "CallLeg");

    private static final int MOST_STASHED = 64;
    /** A conference that no longer knows a leg says so at once; one that says nothing may be moving away from a node that died. */
    private static final Duration REMINDER_TIMEOUT = Duration.ofSeconds(5);
    /** Longer than links take to knock again. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(15);

    private static final Duration ANCHOR_TIMEOUT = Duration.ofSeconds(10);
    private static final End GONE = new End("unknownParticipant", "The call leg is gone: join again.");
    private static final End LOST =
            new End("callbridgeLost", "The callbridge that hosted the meeting is gone. Join again.");

    public sealed interface Command {}

    /** The leg was admitted, or is reminded of what it is. {@code connection} and {@code entry} are the last known ones. */
    public record Start(
            LegDetails details,
            ActorRef<ToAnchor> anchor,
            @Nullable UUID connection,
            @Nullable ActorRef<ToEntry> entry,
            List<RosterEntry> roster,
            @Nullable ActorRef<Started> replyTo)
            implements Command, ClusterMessage {}

    /** The leg lives. */
    public record Started(UUID participant) implements ClusterMessage {}

    /** No conference knows the leg. */
    public record NoSuchLeg() implements Command, ClusterMessage {}

    /** The anchor is gone; {@code code} is one of the client protocol's {@code ended} codes. */
    public record End(String code, String detail) implements Command, ClusterMessage {}

    /** The client opened a session: say welcome. */
    public record SessionOpened(UUID connection, ActorRef<ToEntry> entry) implements Command, ClusterMessage {}

    /** Nothing of the client: wakes an entity that was lost with its node, so that the client learns what has become of its call. */
    public record Probe(UUID connection, ActorRef<ToEntry> entry) implements Command, ClusterMessage {}

    /** One message of the client. */
    public record SessionUp(UUID connection, ActorRef<ToEntry> entry, String text) implements Command, ClusterMessage {}

    /** The client's connection is gone; {@code left}: it said so before. */
    public record SessionClosed(UUID connection, String reason, boolean left) implements Command, ClusterMessage {}

    /** The way that the client's connection takes is being stopped: the call is over. {@code code} is one of the client protocol's {@code ended} codes. */
    public record EntryStops(UUID connection, String code, String detail) implements Command, ClusterMessage {}

    /** Something from the anchor. */
    public record Anchor(ActorRef<ToAnchor> anchor, FromAnchor event) implements Command, ClusterMessage {}

    /** Something from the meeting's chat. */
    public record Chat(ChatEvent event) implements Command, ClusterMessage {}

    private record EntryGone(UUID connection) implements Command {}

    private record AnchorGone(ActorRef<ToAnchor> anchor) implements Command {}

    private record Asked(GetState question) implements Command {}

    private record Described(
            ActorRef<StateSnapshot> replyTo, @Nullable String mediaJson) implements Command {}

    private enum Due implements Command {
        OPEN_TIMEOUT,
        GRACE_OVER,
        NO_REMINDER,
        ANCHOR_LOST
    }

    private final UUID participant;
    private final CallLegSettings settings;
    private final NodeContext node;
    private final TimerScheduler<Command> timers;
    private final StashBuffer<Command> stash;
    private final Instant since;
    private final LegPicture picture;
    private final AnchorLine anchor;
    private final ClientLine client;
    private final LegChat chat;
    private @Nullable LegDetails details;
    private @Nullable String lastError;
    private @Nullable End lastWords;

    /** The entity for that leg; {@code rooms}: where a space's chat is found. */
    public static Behavior<Command> create(
            UUID participant,
            CallLegSettings settings,
            NodeContext node,
            Function<UUID, RecipientRef<ChatRoomCommand>> rooms) {
        LegChat chat = new LegChat(participant, rooms);
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> Behaviors.withStash(
                MOST_STASHED, stash -> new CallLeg(context, timers, stash, participant, settings, node, chat))));
    }

    private CallLeg(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            StashBuffer<Command> stash,
            UUID participant,
            CallLegSettings settings,
            NodeContext node,
            LegChat chat) {
        super(context);
        this.timers = timers;
        this.stash = stash;
        this.participant = participant;
        this.settings = settings;
        this.node = node;
        this.chat = chat;
        this.since = node.clock().instant();
        this.picture = new LegPicture(participant, settings.mediaSections());
        this.anchor = new AnchorLine(context, AnchorGone::new);
        this.client = new ClientLine(context, participant, EntryGone::new);
        node.board().register("call-legs", participant.toString(), context.messageAdapter(GetState.class, Asked::new));
    }

    /** Before it knows what it is: everything of the client waits. */
    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Start.class, this::onStart)
                .onMessage(NoSuchLeg.class, this::onNoSuchLeg)
                .onMessage(End.class, this::onEndBeforeStart)
                .onMessage(SessionOpened.class, opening -> beforeStart(opening, opening.connection(), opening.entry()))
                .onMessage(SessionUp.class, up -> beforeStart(up, up.connection(), up.entry()))
                .onMessage(Probe.class, probe -> beforeStart(probe, probe.connection(), probe.entry()))
                .onMessage(SessionClosed.class, this::onClosedBeforeStart)
                .onMessage(EntryStops.class, stops -> over(stops.code(), stops.detail()))
                .onMessage(Anchor.class, this::onAnchorBeforeStart)
                .onMessage(Chat.class, this::onChatBeforeStart)
                .onMessageEquals(Due.NO_REMINDER, () -> stash.isEmpty() ? Behaviors.stopped() : askWhoThisIs())
                .onMessage(Due.class, due -> Behaviors.same())
                .onMessage(EntryGone.class, gone -> Behaviors.same())
                .onMessage(AnchorGone.class, gone -> Behaviors.same())
                .onMessage(Asked.class, this::onAsked)
                .onMessage(Described.class, this::onDescribed)
                .build();
    }

    private Receive<Command> started() {
        return newReceiveBuilder()
                .onMessage(Start.class, this::take)
                .onMessage(NoSuchLeg.class, none -> Behaviors.same())
                .onMessage(End.class, end -> over(end.code(), end.detail()))
                .onMessage(SessionOpened.class, this::onSessionOpened)
                .onMessage(SessionUp.class, this::onSessionUp)
                .onMessage(Probe.class, probe -> Behaviors.same())
                .onMessage(SessionClosed.class, this::onSessionClosed)
                .onMessage(
                        EntryStops.class,
                        it -> client.isAt(it.connection()) ? leave(it.code(), it.detail()) : Behaviors.same())
                .onMessage(EntryGone.class, gone -> onDisconnected(gone.connection(), "the web bridge's link is gone"))
                .onMessage(Anchor.class, this::onAnchor)
                .onMessage(Chat.class, this::onChat)
                .onMessage(AnchorGone.class, this::onAnchorGone)
                .onMessageEquals(Due.ANCHOR_LOST, () -> over(LOST.code(), LOST.detail()))
                .onMessageEquals(Due.OPEN_TIMEOUT, () -> leave("timeout", "The session was not opened in time."))
                .onMessageEquals(Due.GRACE_OVER, () -> leave("timeout", "The connection did not come back in time."))
                .onMessage(Due.class, due -> Behaviors.same())
                .onMessage(Asked.class, this::onAsked)
                .onMessage(Described.class, this::onDescribed)
                .build();
    }

    private Behavior<Command> beforeStart(Command command, UUID from, ActorRef<ToEntry> through) {
        if (lastWords != null || stash.isFull()) {
            End words = lastWords == null ? GONE : lastWords;
            through.tell(new ToEntry.End(participant, from, words.code(), words.detail()));
            return Behaviors.stopped();
        }
        client.note(from, through);
        stash.stash(command);
        return stash.size() == 1 ? askWhoThisIs() : Behaviors.same();
    }

    private Behavior<Command> askWhoThisIs() {
        timers.startSingleTimer(Due.NO_REMINDER, REMINDER_TIMEOUT);
        return client.askWhoThisIs() ? Behaviors.same() : onNoSuchLeg(new NoSuchLeg());
    }

    private Behavior<Command> onClosedBeforeStart(SessionClosed closed) {
        // Without a stash nobody has asked for a reminder, and the anchor's next beat will bring one.
        if (!stash.isEmpty() && !stash.isFull()) {
            stash.stash(closed);
        }
        return Behaviors.same();
    }

    /** A node died with the meeting and this entity's memory: the words wait for the client's entry to knock. */
    private Behavior<Command> onEndBeforeStart(End end) {
        if (client.entry() != null) {
            return over(end.code(), end.detail());
        }
        lastWords = end;
        timers.startSingleTimer(Due.NO_REMINDER, LAST_WORDS);
        return Behaviors.same();
    }

    private Behavior<Command> onAnchorBeforeStart(Anchor message) {
        message.anchor().tell(new ToAnchor.Remind(participant));
        return Behaviors.same();
    }

    /** Either the start is on its way, or the chat does not know yet that the leg has ended. */
    private Behavior<Command> onChatBeforeStart(Chat message) {
        if (stash.isEmpty() && lastWords == null) {
            timers.startSingleTimer(Due.NO_REMINDER, REMINDER_TIMEOUT);
        }
        return Behaviors.same();
    }

    /** Whose session is older than this entity was in the call, and lost it with its host; who opens one now holds the token of a call that is over. */
    private Behavior<Command> onNoSuchLeg(NoSuchLeg none) {
        End words = stash.isEmpty() || stash.anyMatch(SessionOpened.class::isInstance) ? GONE : LOST;
        return over(words.code(), words.detail());
    }

    private Behavior<Command> onStart(Start start) {
        timers.cancel(Due.NO_REMINDER);
        take(start);
        boolean fresh = stash.isEmpty();
        if (fresh) {
            client.note(start.connection(), start.entry());
        }
        UUID connection = client.connection();
        ActorRef<ToEntry> entry = client.entry();
        if (connection == null || entry == null) {
            timers.startSingleTimer(Due.OPEN_TIMEOUT, settings.openWithin());
        } else {
            attach(connection, entry);
            if (fresh) {
                client.down(picture.rosterMessage());
                chat.enter(details);
            }
        }
        node.board().changed("call-legs", participant.toString());
        return stash.unstashAll(started());
    }

    private Behavior<Command> take(Start start) {
        details = start.details();
        anchorTo(start.anchor());
        picture.roster(start.roster());
        if (start.replyTo() != null) {
            start.replyTo().tell(new Started(participant));
        }
        return Behaviors.same();
    }

    private void anchorTo(ActorRef<ToAnchor> to) {
        if (anchor.to(to)) {
            timers.cancel(Due.ANCHOR_LOST);
        }
    }

    /** The conference may have gone with it, and wakes up when it is asked. */
    private Behavior<Command> onAnchorGone(AnchorGone gone) {
        if (anchor.isTo(gone.anchor())) {
            lastError = LOST.detail();
            timers.startSingleTimer(Due.ANCHOR_LOST, ANCHOR_TIMEOUT);
            client.whoIsThis();
        }
        return Behaviors.same();
    }

    private void attach(UUID to, ActorRef<ToEntry> through) {
        timers.cancel(Due.OPEN_TIMEOUT);
        timers.cancel(Due.GRACE_OVER);
        client.attach(to, through);
        anchor.tell(new ToAnchor.Attached(participant, to, through));
        node.board().changed("call-legs", participant.toString());
    }

    private Behavior<Command> onSessionOpened(SessionOpened opening) {
        client.replaced(opening.entry());
        attach(opening.connection(), opening.entry());
        picture.whole(details).forEach(client::down);
        chat.enter(details);
        return Behaviors.same();
    }

    private Behavior<Command> onSessionUp(SessionUp up) {
        if (!client.isAt(up.connection())) {
            return Behaviors.same();
        }
        ClientMessage message = ClientMessage.read(up.text());
        if (message instanceof ClientMessage.Offer offer) {
            anchor.tell(new ToAnchor.Offer(participant, offer.id(), offer.sdp(), offer.sources()));
        } else if (message instanceof ClientMessage.State state) {
            anchor.tell(new ToAnchor.Presence(participant, state.audioMuted(), state.videoMuted()));
        } else if (message instanceof ClientMessage.Chat said) {
            chat.say(details, said);
        } else if (message instanceof ClientMessage.Bad bad) {
            lastError = bad.detail();
            client.down(ServerMessages.error(bad.code(), bad.detail(), bad.expected(), bad.found(), bad.inReplyTo()));
        } else {
            return leave("left", "You left the meeting.");
        }
        return Behaviors.same();
    }

    private Behavior<Command> onSessionClosed(SessionClosed closed) {
        return closed.left() && client.isAt(closed.connection())
                ? leave("left", "You left the meeting.")
                : onDisconnected(closed.connection(), closed.reason());
    }

    private Behavior<Command> onDisconnected(UUID from, String reason) {
        if (!client.isAt(from)) {
            return Behaviors.same();
        }
        lastError = "disconnected: " + reason;
        client.detach();
        anchor.tell(new ToAnchor.Attached(participant, null, null));
        timers.startSingleTimer(Due.GRACE_OVER, settings.disconnectGrace());
        node.board().changed("call-legs", participant.toString());
        return Behaviors.same();
    }

    private Behavior<Command> leave(String code, String detail) {
        anchor.tell(new ToAnchor.Leaves(participant, code));
        return over(code, detail);
    }

    private Behavior<Command> over(String code, String detail) {
        client.end(code, detail);
        return Behaviors.stopped();
    }

    private Behavior<Command> onAnchor(Anchor message) {
        anchorTo(message.anchor());
        FromAnchor event = message.event();
        if (event instanceof FromAnchor.Over over) {
            return over(over.code(), over.detail());
        }
        String text = picture.take(event);
        if (text != null) {
            client.down(text);
        }
        if (event instanceof FromAnchor.OfferRefused refused) {
            lastError = "offer refused: " + refused.detail();
        } else if (event instanceof FromAnchor.MediaIs) {
            node.board().changed("call-legs", participant.toString());
        }
        return Behaviors.same();
    }

    private Behavior<Command> onChat(Chat message) {
        client.down(chat.message(message.event()));
        return Behaviors.same();
    }

    private Behavior<Command> onAsked(Asked asked) {
        anchor.describe(participant, media -> new Described(asked.question().replyTo(), media));
        return Behaviors.same();
    }

    private Behavior<Command> onDescribed(Described described) {
        CallLegState.View view =
                CallLegState.View.of(participant, node.name(), since, details, client, picture, lastError);
        described.replyTo().tell(CallLegState.snapshot(view, described.mediaJson()));
        return Behaviors.same();
    }
}
