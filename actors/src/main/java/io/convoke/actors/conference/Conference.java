package io.convoke.actors.conference;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.Effect;
import akka.persistence.typed.javadsl.EffectBuilder;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.RetentionCriteria;
import akka.persistence.typed.javadsl.SignalHandler;
import io.convoke.actors.conference.ConferenceCommand.*;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.space.Space;
import io.convoke.actors.state.GetState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One space's conference; sharded by the space's GUID, event-sourced. Decides who hosts it, who is in, and what the lock says; every change is persisted
 * before anybody hears of it. Goes to rest when nobody is in and nobody hosts it.
 */
public final class Conference extends EventSourcedBehavior<ConferenceCommand, ConferenceEvent, ConferenceState> {
    /** How to find one: the entity's ID is the space's GUID. */
    public static final EntityTypeKey<ConferenceCommand> KEY =
            EntityTypeKey.create(ConferenceCommand.class, "Conference");

    private static final int SNAPSHOT_EVERY = 100;

    private final ActorContext<ConferenceCommand> context;
    private final TimerScheduler<ConferenceCommand> timers;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final UUID space;
    private final ConferenceSettings settings;
    private final NodeContext node;
    private final ConferencePort port;
    private final LockDesk desk;
    private final HostWatch hosts = new HostWatch();
    private final Reservation reservation;
    private final HeldJoins held = new HeldJoins();
    private final Instant since;
    private UUID nextCorrelator = UUID.randomUUID();
    private @Nullable Space known;

    /** The entity for that space. */
    public static Behavior<ConferenceCommand> create(
            UUID space,
            ActorRef<ClusterSharding.ShardCommand> shard,
            ConferenceSettings settings,
            NodeContext node,
            ConferencePort port) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new Conference(context, timers, shard, space, settings, node, port)));
    }

    private Conference(
            ActorContext<ConferenceCommand> context,
            TimerScheduler<ConferenceCommand> timers,
            ActorRef<ClusterSharding.ShardCommand> shard,
            UUID space,
            ConferenceSettings settings,
            NodeContext node,
            ConferencePort port) {
        super(
                PersistenceId.of(KEY.name(), space.toString()),
                SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0.2));
        this.context = context;
        this.timers = timers;
        this.shard = shard;
        this.space = space;
        this.settings = settings;
        this.node = node;
        this.port = port;
        this.desk = new LockDesk(new LeaseBook(settings.lease().toNanos(), settings.driftPermille()));
        this.reservation = new Reservation(settings.reservation().toNanos());
        this.since = node.clock().instant();
        node.board().register("conferences", space.toString(), context.messageAdapter(GetState.class, Asked::new));
        hosts.subscribe(context);
    }

    @Override
    public ConferenceState emptyState() {
        return ConferenceState.empty(space);
    }

    @Override
    public EventHandler<ConferenceState, ConferenceEvent> eventHandler() {
        return ConferenceState::apply;
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(SNAPSHOT_EVERY, 2).withDeleteEventsOnSnapshot();
    }

    @Override
    public SignalHandler<ConferenceState> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), this::onRecovered)
                .build();
    }

    @Override
    public CommandHandler<ConferenceCommand, ConferenceEvent, ConferenceState> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(Locate.class, this::onLocate)
                .onCommand(Host.class, this::onHost)
                .onCommand(RenewGrant.class, this::onRenewGrant)
                .onCommand(LockConfirmed.class, this::onLockConfirmed)
                .onCommand(AddLeg.class, this::onAddLeg)
                .onCommand(RemoveLeg.class, this::onRemoveLeg)
                .onCommand(DropInstance.class, this::onDropInstance)
                .onCommand(RemindLeg.class, this::onRemindLeg)
                .onCommand(SetLock.class, this::onSetLock)
                .onCommand(
                        TellRoster.class,
                        (state, tell) ->
                                Effect().none().thenRun(this::tellRoster).thenRun(this::rest))
                .onCommand(Listed.class, this::onListed)
                .onCommand(Due.class, this::onDue)
                .onCommand(Asked.class, this::onAsked)
                .onCommand(Rest.class, (state, rest) -> Effect().stop())
                .build();
    }

    private void onRecovered(ConferenceState state) {
        if (state.epoch() > 0) {
            desk.leases().recovered(now());
        }
        if (!state.instances().isEmpty()) {
            hosts.unsettle();
            timers.startSingleTimer(Due.SETTLED, settings.settle());
        }
    }

    private Effect<ConferenceEvent, ConferenceState> onLocate(ConferenceState state, Locate locate) {
        known = locate.space();
        Predicate<HostedInstance> stale = ConferenceRules.ofAnEarlierLife(locate.callbridge(), locate.incarnation());
        if (state.instances().stream().anyMatch(stale)) {
            return drop(state, stale, "the callbridge was started anew")
                    .thenRun(after -> context.getSelf().tell(locate));
        }
        if (state.instances().stream().anyMatch(hosts::isDoubtful)) {
            held.hold(locate);
            return Effect().none();
        }
        Optional<AdmitLegRule.Refusal> refusal = AdmitLegRule.decide(state, locate.space());
        if (refusal.isPresent()) {
            locate.replyTo()
                    .tell(new NoEntry(refusal.get().code(), refusal.get().detail()));
            return resting();
        }
        UUID running = state.correlator();
        if (!state.instances().isEmpty() && running != null) {
            locate.replyTo().tell(new Located(state.instances().get(0).host(), running));
            return Effect().none();
        }
        locate.replyTo().tell(new Located(reservation.take(locate, now()).asking(), nextCorrelator));
        return Effect().none();
    }

    private Effect<ConferenceEvent, ConferenceState> onHost(ConferenceState state, Host host) {
        HostedInstance instance = host.instance();
        Optional<HostedInstance> other = ConferenceRules.inTheWayOf(state, instance.callbridge());
        if (other.isPresent()) {
            instance.instance().tell(new ToInstance.HostedElsewhere(other.get().callbridge()));
            return Effect().none();
        }
        if (state.instance(instance.conference()).isPresent()) {
            grant(state, instance.conference(), instance.instance(), host.request());
            return Effect().none();
        }
        Predicate<HostedInstance> replaced = former -> !former.conference().equals(instance.conference());
        List<ConferenceEvent> events = ConferenceRules.drop(state, replaced, "replaced by a new instance");
        List<ConferenceLeg> lost = ConferenceRules.legsGoingWith(state, events);
        UUID correlator = state.correlator() == null || !events.isEmpty() ? host.correlator() : state.correlator();
        events.add(new ConferenceEvent.InstanceHosted(instance, correlator, state.epoch() + 1));
        return Effect().persist(events).thenRun(after -> {
            lost.forEach(leg -> port.lost(space, leg, "The callbridge was started anew."));
            reservation.clear();
            if (!hosts.isListed(instance)) {
                timers.startSingleTimer(Due.SETTLED, settings.settle());
            }
            grant(after, instance.conference(), instance.instance(), host.request());
            changed(after);
        });
    }

    private void grant(ConferenceState state, UUID conference, ActorRef<ToInstance> to, long request) {
        boolean open = !state.locked();
        if (open) {
            desk.leases().granted(conference, now());
        }
        UUID correlator = state.correlator();
        to.tell(new ToInstance.Granted(
                request,
                state.epoch(),
                open,
                settings.lease().toNanos(),
                correlator == null ? nextCorrelator : correlator));
    }

    private Effect<ConferenceEvent, ConferenceState> onRenewGrant(ConferenceState state, RenewGrant renew) {
        if (state.instance(renew.conference()).isEmpty()) {
            renew.replyTo().tell(new ToInstance.Gone());
            return resting();
        }
        if (renew.lapsed() && !state.locked()) {
            return Effect()
                    .persist(new ConferenceEvent.EpochRaised(state.epoch() + 1, false))
                    .thenRun(after -> grant(after, renew.conference(), renew.replyTo(), renew.request()));
        }
        grant(state, renew.conference(), renew.replyTo(), renew.request());
        return Effect().none();
    }

    private Effect<ConferenceEvent, ConferenceState> onSetLock(ConferenceState state, SetLock command) {
        if (command.locked() == state.locked()) {
            return Effect().none().thenRun(same -> {
                desk.wait(command.replyTo());
                settleLock(same);
            });
        }
        return Effect()
                .persist(new ConferenceEvent.EpochRaised(state.epoch() + 1, command.locked()))
                .thenRun(after -> {
                    desk.overtake(after);
                    desk.wait(command.replyTo());
                    ToInstance order =
                            after.locked() ? new ToInstance.LockNow(after.epoch()) : new ToInstance.AskAgain();
                    after.instances().forEach(instance -> instance.instance().tell(order));
                    settleLock(after);
                    changed(after);
                });
    }

    /** Answers those who wait for the lock, or comes back when the last lease has run out. */
    private void settleLock(ConferenceState state) {
        timers.cancel(Due.LOCK_CLEAR);
        desk.settle(state, now()).ifPresent(wait -> timers.startSingleTimer(Due.LOCK_CLEAR, wait));
    }

    private Effect<ConferenceEvent, ConferenceState> onLockConfirmed(ConferenceState state, LockConfirmed confirmed) {
        // A confirmation of an older lock says nothing about a grant given since.
        if (confirmed.epoch() == state.epoch() && state.locked()) {
            desk.confirmed(confirmed.conference());
            settleLock(state);
        }
        return Effect().none();
    }

    private Effect<ConferenceEvent, ConferenceState> onAddLeg(ConferenceState state, AddLeg add) {
        known = add.space();
        ConferenceLeg leg = add.leg();
        Optional<HostedInstance> instance = state.instance(leg.instance());
        if (instance.isEmpty()) {
            // The instance learns with its next renewal that it is gone.
            return Effect().none();
        }
        ActorRef<ToInstance> replyTo = instance.get().instance();
        if (state.leg(leg.participant()).isPresent()) {
            replyTo.tell(new ToInstance.LegAdded(leg));
            return Effect().none();
        }
        Optional<AdmitLegRule.Refusal> refusal = AdmitLegRule.decide(state, add.space());
        if (refusal.isPresent()) {
            replyTo.tell(new ToInstance.LegRefused(
                    leg.participant(), refusal.get().code(), refusal.get().detail()));
            return Effect().none();
        }
        return Effect().persist(new ConferenceEvent.LegAdded(leg)).thenRun(after -> {
            tellLegs(after);
            replyTo.tell(new ToInstance.LegAdded(leg));
        });
    }

    private Effect<ConferenceEvent, ConferenceState> onRemoveLeg(ConferenceState state, RemoveLeg remove) {
        if (state.leg(remove.participant()).isEmpty()) {
            remove.replyTo().tell(new ToInstance.LegRemoved(remove.participant()));
            return resting();
        }
        return Effect()
                .persist(new ConferenceEvent.LegRemoved(remove.participant(), remove.reason()))
                .thenRun(after -> {
                    tellLegs(after);
                    remove.replyTo().tell(new ToInstance.LegRemoved(remove.participant()));
                });
    }

    private void tellLegs(ConferenceState state) {
        state.instances().forEach(instance -> instance.instance().tell(new ToInstance.Legs(state.legs())));
        changed(state);
    }

    private Effect<ConferenceEvent, ConferenceState> onDropInstance(ConferenceState state, DropInstance drop) {
        if (state.instance(drop.conference()).isEmpty()) {
            drop.replyTo().tell(new ToInstance.Dropped());
            return resting();
        }
        return drop(state, instance -> instance.conference().equals(drop.conference()), "ended")
                .thenRun(after -> {
                    drop.replyTo().tell(new ToInstance.Dropped());
                    rest(after);
                });
    }

    private EffectBuilder<ConferenceEvent, ConferenceState> drop(
            ConferenceState state, Predicate<HostedInstance> which, String reason) {
        List<ConferenceEvent> events = ConferenceRules.drop(state, which, reason);
        List<ConferenceLeg> lost = ConferenceRules.legsGoingWith(state, events);
        return Effect().persist(events).thenRun(after -> {
            // A meeting that begins now is another one.
            nextCorrelator = after.correlator() == null ? UUID.randomUUID() : nextCorrelator;
            lost.forEach(leg -> port.lost(space, leg, "Expected the callbridge to go on, but " + reason + "."));
            changed(after);
        });
    }

    private Effect<ConferenceEvent, ConferenceState> onRemindLeg(ConferenceState state, RemindLeg remind) {
        state.leg(remind.participant())
                .flatMap(leg -> state.instance(leg.instance()))
                .ifPresentOrElse(
                        instance -> instance.instance().tell(new ToInstance.Remind(remind.participant())),
                        () -> port.noSuchLeg(remind.participant()));
        return resting();
    }

    private Effect<ConferenceEvent, ConferenceState> onListed(ConferenceState state, Listed listing) {
        Predicate<HostedInstance> gone = hosts.list(listing.callbridges());
        if (state.instances().stream().anyMatch(gone)) {
            return dropGone(state, gone);
        }
        return Effect().none().thenRun(same -> held.release(context.getSelf()));
    }

    private Effect<ConferenceEvent, ConferenceState> onDue(ConferenceState state, Due due) {
        if (due == Due.LOCK_CLEAR) {
            settleLock(state);
            return Effect().none();
        }
        hosts.settle();
        return dropGone(state, instance -> !hosts.isListed(instance));
    }

    private Effect<ConferenceEvent, ConferenceState> dropGone(ConferenceState state, Predicate<HostedInstance> gone) {
        return drop(state, gone, "its callbridge is gone").thenRun(after -> {
            held.release(context.getSelf());
            rest(after);
        });
    }

    private Effect<ConferenceEvent, ConferenceState> onAsked(ConferenceState state, Asked asked) {
        asked.question()
                .replyTo()
                .tell(ConferenceView.of(state, known, desk.leases(), node, since, settings)
                        .snapshot());
        return resting();
    }

    private Effect<ConferenceEvent, ConferenceState> resting() {
        return Effect().none().thenRun(this::rest);
    }

    private void rest(ConferenceState state) {
        if (state.isIdle() && held.isEmpty() && desk.isEmpty() && !reservation.isHeld(now())) {
            shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
        }
    }

    private void changed(ConferenceState state) {
        node.board().changed("conferences", space.toString());
        tellRoster(state);
    }

    private void tellRoster(ConferenceState state) {
        port.roster(space, state.legs(), state.locked());
    }

    private long now() {
        return node.nanos().getAsLong();
    }
}
