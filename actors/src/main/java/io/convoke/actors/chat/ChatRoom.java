package io.convoke.actors.chat;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.StashBuffer;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import io.convoke.actors.chat.ChatRoomCommand.*;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.space.Space;
import io.convoke.actors.space.SpaceDirectory;
import io.convoke.actors.state.GetState;
import io.convoke.actors.xmpp.StanzaRouter;
import io.convoke.protocols.xmpp.StanzaCondition;
import io.convoke.protocols.xmpp.xml.Element;
import io.convoke.protocols.xmpp.xml.StreamParser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One space's chat; sharded by the space's GUID. Participants of the meeting and XMPP occupants hear each other in the same order; where messages are kept,
 * nobody hears one before it is stored. Who is in lives in memory only: the conference knows its participants, and XMPP clients enter again.
 */
public final class ChatRoom extends AbstractBehavior<ChatRoomCommand> {
    /** How to find one: the entity's ID is the space's GUID. */
    public static final EntityTypeKey<ChatRoomCommand> KEY = EntityTypeKey.create(ChatRoomCommand.class, "ChatRoom");

    static final String KIND = "chat-rooms";
    static final Duration RETRY = Duration.ofSeconds(2);
    static final Duration IDLE = Duration.ofMinutes(1);
    private static final int MOST_STASHED = 512;

    /** What the node gives. */
    public record Ports(NodeContext node, SpaceDirectory spaces, ChatStore store, StanzaRouter router, ChatPort port) {}

    private final UUID id;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final ChatSettings settings;
    private final Ports ports;
    private final TimerScheduler<ChatRoomCommand> timers;
    private final StashBuffer<ChatRoomCommand> stash;
    private final Occupants occupants = new Occupants();
    private final Gates gates;
    private final MucRules rules;
    private final MucFloor floor;
    private final Audience audience;
    private final ChatLog log;
    private final RoomWords words;
    private final Budget budget;
    private final Instant since;
    private @Nullable Space space;
    private boolean loaded;
    private boolean rosterKnown;
    private boolean stopping;
    private boolean locked;

    /** The room of that space. */
    public static Behavior<ChatRoomCommand> create(
            UUID space, ActorRef<ClusterSharding.ShardCommand> shard, ChatSettings settings, Ports ports) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> Behaviors.withStash(
                MOST_STASHED, stash -> new ChatRoom(context, timers, stash, space, shard, settings, ports))));
    }

    private ChatRoom(
            ActorContext<ChatRoomCommand> context,
            TimerScheduler<ChatRoomCommand> timers,
            StashBuffer<ChatRoomCommand> stash,
            UUID id,
            ActorRef<ClusterSharding.ShardCommand> shard,
            ChatSettings settings,
            Ports ports) {
        super(context);
        this.timers = timers;
        this.stash = stash;
        this.id = id;
        this.shard = shard;
        this.settings = settings;
        this.ports = ports;
        this.gates = new Gates(context);
        this.rules = new MucRules(settings);
        this.floor = new MucFloor(occupants, ports.router());
        this.audience = new Audience(occupants, floor, ports.port(), ports.router());
        this.log = new ChatLog(settings.historyOnEntry());
        this.words = new RoomWords(ports.node().journal(), id);
        this.budget = new Budget(settings.messagesPerSecond());
        this.since = ports.node().clock().instant();
        ports.node().board().register(KIND, id.toString(), context.messageAdapter(GetState.class, Asked::new));
        askForRoster();
        load();
    }

    /** Until space, history and roster are known: what is said waits. */
    @Override
    public Receive<ChatRoomCommand> createReceive() {
        return newReceiveBuilder()
                .onMessage(RosterIs.class, this::onFirstRoster)
                .onMessage(Enter.class, this::stashed)
                .onMessage(Say.class, this::stashed)
                .onMessage(FromXmpp.class, this::stashed)
                .onMessage(Loaded.class, this::onLoaded)
                .onMessage(LoadFailed.class, this::onLoadFailed)
                .onMessage(Asked.class, this::onAsked)
                .onMessageEquals(Due.LOAD, this::load)
                .onMessageEquals(Due.ASK_FOR_ROSTER, () -> rosterKnown ? Behaviors.same() : askForRoster())
                .onMessage(Rest.class, rest -> Behaviors.stopped())
                .onMessage(ChatRoomCommand.class, other -> Behaviors.same())
                .onSignal(PostStop.class, stopped -> Behaviors.same())
                .build();
    }

    private Receive<ChatRoomCommand> open() {
        return newReceiveBuilder()
                .onMessage(RosterIs.class, this::onRosterIs)
                .onMessage(Enter.class, this::onEnter)
                .onMessage(Say.class, this::onSay)
                .onMessage(FromXmpp.class, this::onFromXmpp)
                .onMessage(Stored.class, stored -> written(log.queue().stored(), null))
                .onMessage(StoreFailed.class, failed -> written(log.queue().failed(), failed.why()))
                .onMessage(GateGone.class, this::onGateGone)
                .onMessage(Asked.class, this::onAsked)
                .onMessageEquals(Due.IDLE, this::onIdle)
                .onMessage(Rest.class, this::onRest)
                .onMessage(ChatRoomCommand.class, other -> Behaviors.same())
                .onSignal(PostStop.class, stopped -> onStopped())
                .build();
    }

    private Behavior<ChatRoomCommand> load() {
        getContext()
                .pipeToSelf(
                        RoomLoad.start(id, ports, settings.historyOnEntry()),
                        (done, failure) -> done != null ? done : new LoadFailed(RoomWords.reason(failure)));
        return Behaviors.same();
    }

    private Behavior<ChatRoomCommand> stashed(ChatRoomCommand command) {
        boolean failing = log.lastError() != null && !(command instanceof Enter);
        if (failing || stash.isFull()) {
            audience.turnAway(command);
        } else {
            stash.stash(command);
        }
        return Behaviors.same();
    }

    private Behavior<ChatRoomCommand> onLoaded(Loaded read) {
        space = read.space();
        log.loaded(read.messages());
        loaded = true;
        changed();
        return openWhenReady();
    }

    private Behavior<ChatRoomCommand> openWhenReady() {
        return loaded && rosterKnown ? stash.unstashAll(open()) : Behaviors.same();
    }

    /** Participants who came in are answered later; what was to be said is refused. */
    private Behavior<ChatRoomCommand> onLoadFailed(LoadFailed failed) {
        log.failed(failed.why());
        List<ChatRoomCommand> waiting = new ArrayList<>();
        stash.forEach(waiting::add);
        stash.clear();
        for (ChatRoomCommand command : waiting) {
            if (command instanceof Enter) {
                stash.stash(command);
            } else {
                audience.turnAway(command);
            }
        }
        timers.startSingleTimer(Due.LOAD, RETRY);
        changed();
        return Behaviors.same();
    }

    private Behavior<ChatRoomCommand> askForRoster() {
        ports.port().askForRoster(id);
        timers.startSingleTimer(Due.ASK_FOR_ROSTER, RETRY);
        return Behaviors.same();
    }

    /** A room that has moved has forgotten its XMPP occupants, and the participants are told so. */
    private Behavior<ChatRoomCommand> onFirstRoster(RosterIs is) {
        rosterKnown = true;
        timers.cancel(Due.ASK_FOR_ROSTER);
        onRosterIs(is);
        audience.seesPeople();
        return openWhenReady();
    }

    private Behavior<ChatRoomCommand> onRosterIs(RosterIs is) {
        locked = is.locked();
        Occupants.Change change = occupants.roster(is.people());
        floor.participantsChanged(change);
        if (!change.left().isEmpty() || !change.came().isEmpty()) {
            changed();
        }
        idleOrNot();
        return Behaviors.same();
    }

    private Behavior<ChatRoomCommand> onEnter(Enter enter) {
        boolean on = space != null && space.chat();
        int kept = space == null ? 0 : space.chatHistory();
        ports.port()
                .tell(
                        enter.participant(),
                        new ChatEvent.HistoryIs(
                                on, kept, settings.longestMessage(), on ? log.recent(kept) : List.of()));
        ports.port().tell(enter.participant(), audience.people());
        idleOrNot();
        return Behaviors.same();
    }

    private Behavior<ChatRoomCommand> onSay(Say say) {
        String text = ChatText.clean(say.text());
        if (space == null || !space.chat()) {
            audience.refuse(say, "chatOff", "This meeting has no chat.");
        } else if (text.isEmpty()) {
            audience.refuse(say, "badMessage", "The message is empty.");
        } else if (ChatText.length(text) > settings.longestMessage()) {
            audience.refuse(say, "chatTooLong", RoomWords.tooLong(settings.longestMessage(), ChatText.length(text)));
        } else if (!budget.take(say.participant(), now())) {
            audience.refuse(say, "tooManyMessages", RoomWords.TOO_MANY);
        } else {
            String nick = occupants.nick(say.participant());
            say(Saying.of(
                    say,
                    nick == null ? say.name() : nick,
                    text,
                    ports.node().clock().instant()));
        }
        return Behaviors.same();
    }

    private Behavior<ChatRoomCommand> onFromXmpp(FromXmpp message) {
        message.replyTo().tell(new Taken(id));
        space = message.space();
        Element stanza = StreamParser.parse(message.stanza());
        if (MucRules.isCounted(stanza) && !budget.take(String.valueOf(stanza.attribute("from")), now())) {
            audience.refuse(stanza, StanzaCondition.RESOURCE_CONSTRAINT, RoomWords.TOO_MANY);
            return Behaviors.same();
        }
        carryOut(rules.decide(message.space(), locked, occupants, stanza, message.passcodeHolds()), message);
        idleOrNot();
        return Behaviors.same();
    }

    private void carryOut(MucDecision decision, FromXmpp message) {
        if (decision instanceof MucDecision.Answer answer) {
            ports.router().route(answer.stanza());
        } else if (decision instanceof MucDecision.Enter enter) {
            enter(enter, message);
        } else if (decision instanceof MucDecision.Rename rename) {
            occupants.put(rename.after());
            floor.renamed(rename.before(), rename.after());
            peopleChanged();
        } else if (decision instanceof MucDecision.Update update) {
            occupants.put(update.after());
            floor.updated(update.after());
        } else if (decision instanceof MucDecision.Leave leave) {
            leave(leave.occupant(), leave.status(), leave.failed());
        } else if (decision instanceof MucDecision.Speak speak) {
            say(Saying.of(speak, ports.node().clock().instant()));
        } else if (decision instanceof MucDecision.Pass pass) {
            floor.passed(pass);
        } else if (decision instanceof MucDecision.Whisper whisper) {
            floor.whispered(whisper);
        }
    }

    private void enter(MucDecision.Enter enter, FromXmpp message) {
        Occupant newcomer = enter.occupant();
        boolean again = occupants.client(newcomer.address()) != null;
        gates.put(newcomer.address(), message.gate());
        occupants.put(newcomer);
        floor.entered(
                message.space(),
                enter,
                log.recent(message.space().chatHistory()),
                ports.node().clock().instant());
        if (!again) {
            words.entered(message.space(), newcomer);
            peopleChanged();
        }
    }

    private void leave(Occupant occupant, @Nullable String status, boolean failed) {
        occupants.remove(occupant.address());
        gates.remove(occupant.address());
        floor.left(occupant, status, failed);
        words.left(space, occupant, failed);
        peopleChanged();
    }

    /** The client's node is gone, and its clients with it. */
    private Behavior<ChatRoomCommand> onGateGone(GateGone gone) {
        for (Occupant occupant : occupants.clients()) {
            if (gates.isBehind(occupant.address(), gone.gate())) {
                leave(occupant, null, true);
            }
        }
        idleOrNot();
        return Behaviors.same();
    }

    private void say(Saying saying) {
        if (space == null || space.chatHistory() == 0) {
            log.passing(saying);
            audience.hears(saying);
            changed();
        } else if (log.queue().add(saying)) {
            write(space);
        } else {
            audience.doesNotHear(saying);
        }
    }

    private void write(Space kept) {
        List<ChatMessage> batch =
                log.queue().next().stream().map(Saying::message).toList();
        if (!batch.isEmpty()) {
            getContext()
                    .pipeToSelf(
                            ports.store().append(id, batch, log.queue().undone(), kept.chatHistory()),
                            (done, failure) ->
                                    failure == null ? new Stored() : new StoreFailed(RoomWords.reason(failure)));
        }
    }

    private Behavior<ChatRoomCommand> written(List<Saying> batch, @Nullable String failure) {
        if (failure == null) {
            log.stored(batch);
            batch.forEach(audience::hears);
        } else {
            log.failed(failure);
            batch.forEach(audience::doesNotHear);
        }
        changed();
        if (space != null) {
            write(space);
        }
        idleOrNot();
        return stopping && log.queue().size() == 0 ? Behaviors.stopped() : Behaviors.same();
    }

    private void peopleChanged() {
        audience.seesPeople();
        changed();
    }

    private void idleOrNot() {
        if (!occupants.isEmpty()) {
            timers.cancel(Due.IDLE);
        } else if (!timers.isTimerActive(Due.IDLE)) {
            timers.startSingleTimer(Due.IDLE, IDLE);
        }
    }

    private Behavior<ChatRoomCommand> onIdle() {
        if (occupants.isEmpty() && log.queue().size() == 0) {
            shard.tell(new ClusterSharding.Passivate<>(getContext().getSelf()));
        }
        return Behaviors.same();
    }

    /** To rest, or to go on elsewhere: what is being stored is told first. */
    private Behavior<ChatRoomCommand> onRest(Rest rest) {
        stopping = true;
        return log.queue().size() == 0 ? Behaviors.stopped() : Behaviors.same();
    }

    private Behavior<ChatRoomCommand> onAsked(Asked asked) {
        asked.question().replyTo().tell(RoomView.of(id, ports.node(), since, space, occupants, log));
        return Behaviors.same();
    }

    private Behavior<ChatRoomCommand> onStopped() {
        floor.stopped();
        return Behaviors.same();
    }

    private void changed() {
        ports.node().board().changed(KIND, id.toString());
    }

    private long now() {
        return ports.node().nanos().getAsLong();
    }
}
