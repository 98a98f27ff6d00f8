package io.convoke.actors.callbridge;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.convoke.actors.callleg.CallLeg;
import io.convoke.actors.callleg.FromAnchor;
import io.convoke.actors.callleg.LegDetails;
import io.convoke.actors.callleg.ToAnchor;
import io.convoke.actors.conference.ConferenceLeg;
import io.convoke.actors.conference.HostCommand;
import io.convoke.actors.conference.ToInstance;
import io.convoke.actors.guest.GuestAccount;
import io.convoke.actors.space.Space;
import io.convoke.actors.trace.Journal;
import io.convoke.media.sfu.SfuConference;
import java.time.Duration;
import java.util.UUID;

/**
 * A conference's instance on this callbridge: holds the lock's lease, admits, and anchors the media of its legs. Starts locked, opens when the conference
 * grants it, and ends when the last leg has left.
 */
final class ConferenceInstance extends AbstractBehavior<ConferenceInstance.Command> {
    private static final Duration ADMISSION_PATIENCE = Duration.ofSeconds(4);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration REMOVAL_TIMEOUT = Duration.ofSeconds(3);
    private static final int TICKS_PER_BEAT = 5;

    sealed interface Command
            permits Admit, Stop, FromConference, FromLeg, LegStarted, GuestGone, Due, LegMedia.Command {}

    /** From the callbridge: somebody wants in. */
    record Admit(HostCommand.AdmitLeg admit) implements Command {}

    /** The callbridge is being stopped: everybody's call is over, and the instance ends when conference and accounts have confirmed it. */
    enum Stop implements Command {
        INSTANCE
    }

    private record FromConference(ToInstance message) implements Command {}

    private record FromLeg(ToAnchor message) implements Command {}

    private record LegStarted(UUID participant, boolean lives) implements Command {}

    private record GuestGone(UUID participant) implements Command {}

    private enum Due implements Command {
        TICK,
        LEASE_END
    }

    /** Told to the callbridge whenever the number of legs changes. */
    record Report(UUID space, UUID conference, UUID media, int legs) {}

    private final HostContext host;
    private final TimerScheduler<Command> timers;
    private final ActorRef<Report> reports;
    private final ConferenceLine conference;
    private final ActorRef<ToAnchor> asAnchor;
    private final InstanceIdentity self;
    private final InstanceWording wording;
    private final LockKeeper keeper;
    private final Admissions admissions = new Admissions();
    private final LegMedia legMedia;
    private final HostedLegs legs = new HostedLegs();
    private final Departures departing = new Departures();
    private Space space;
    private boolean stopping;
    private boolean ending;
    private int ticks;

    static Behavior<Command> create(
            HostContext host,
            Space space,
            UUID correlator,
            ActorRef<HostCommand> callbridge,
            ActorRef<Report> reports) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new ConferenceInstance(context, timers, host, space, correlator, callbridge, reports)));
    }

    private ConferenceInstance(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            HostContext host,
            Space space,
            UUID correlator,
            ActorRef<HostCommand> callbridge,
            ActorRef<Report> reports) {
        super(context);
        this.host = host;
        this.timers = timers;
        this.space = space;
        this.self = InstanceIdentity.fresh(host, space.id(), correlator);
        Journal journal = host.node().journal();
        this.wording = new InstanceWording(journal, self);
        this.reports = reports;
        this.asAnchor = context.messageAdapter(ToAnchor.class, FromLeg::new);
        this.keeper = new LockKeeper(host.settings().lock().driftPermille(), self.conference(), self.ids(), journal);
        this.conference = new ConferenceLine(
                host.entities().conference(space.id()),
                self,
                callbridge,
                context.messageAdapter(ToInstance.class, FromConference::new));
        wording.mapped(space);
        SfuConference room = host.media().openConference(self.media());
        this.legMedia = new LegMedia(context, room, host.callNumbers());
        askForGrant();
        timers.startTimerWithFixedDelay(Due.TICK, host.settings().lock().renewEvery());
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Admit.class, this::onAdmit)
                .onMessageEquals(Stop.INSTANCE, this::onStop)
                .onMessage(FromConference.class, message -> onConference(message.message()))
                .onMessage(FromLeg.class, message -> onLeg(message.message()))
                .onMessage(LegStarted.class, this::onLegStarted)
                .onMessage(GuestGone.class, this::onGuestGone)
                .onMessage(LegMedia.Command.class, this::onMedia)
                .onMessage(Due.class, this::onDue)
                .onSignal(PostStop.class, stopped -> onStopped())
                .build();
    }

    private Behavior<Command> onAdmit(Admit message) {
        HostCommand.AdmitLeg admit = message.admit();
        space = admit.space();
        UUID participant = admit.leg().participant();
        HostedLeg present = legs.get(participant);
        if (ending || stopping) {
            admit.replyTo().tell(new HostCommand.Moved(participant));
        } else if (present != null && admissions.get(participant) == null) {
            admit.replyTo().tell(new HostCommand.Admitted(present.details));
        } else if (!admissions.add(admit, now())) {
            refuse(admit, "tooBusy", AdmissionWords.TOO_BUSY);
        } else {
            admitWaiting();
        }
        return this;
    }

    /** The lock is asked at the last moment, for each of them. */
    private void admitWaiting() {
        if (!keeper.lock().admits(now())) {
            return;
        }
        for (HostCommand.AdmitLeg admit : admissions.ask()) {
            conference.add(self.entry(admit.leg(), host.node().clock().instant()), admit.space());
        }
    }

    private Behavior<Command> onConference(ToInstance message) {
        if (message instanceof ToInstance.Granted granted) {
            conference.hosted();
            keeper.granted(now(), granted.request(), granted.epoch(), granted.open(), granted.leaseNanos());
            if (granted.open()) {
                timers.startSingleTimer(
                        Due.LEASE_END,
                        Duration.ofNanos(Math.max(1, keeper.lock().deadlineNanos() - now())));
                admitWaiting();
            } else {
                conference.lockConfirmed(granted.epoch());
                admissions.takeUnasked().forEach(this::refuseLocked);
                endIfEmpty();
            }
        } else if (message instanceof ToInstance.LockNow order) {
            keeper.lock(order.epoch());
            conference.lockConfirmed(order.epoch());
            admissions.takeUnasked().forEach(this::refuseLocked);
        } else if (message instanceof ToInstance.AskAgain) {
            askForGrant();
        } else if (message instanceof ToInstance.Legs list) {
            legs.truth(list.legs());
            legs.tellRoster();
        } else if (message instanceof ToInstance.LegAdded added) {
            onLegAdded(added.leg());
        } else if (message instanceof ToInstance.LegRefused refused) {
            HostCommand.AdmitLeg admit = admissions.remove(refused.participant());
            if (admit != null) {
                refuse(admit, refused.code(), refused.detail());
            }
            endIfEmpty();
        } else if (message instanceof ToInstance.LegRemoved removed) {
            departing.removed(removed.participant());
            endIfEmpty();
        } else if (message instanceof ToInstance.Remind remind) {
            legs.remind(remind.participant(), host.entities(), asAnchor);
        } else if (message instanceof ToInstance.HostedElsewhere || message instanceof ToInstance.Gone) {
            return abandon();
        } else if (message instanceof ToInstance.Dropped && ending) {
            return Behaviors.stopped();
        }
        return this;
    }

    private void onLegAdded(ConferenceLeg added) {
        HostCommand.AdmitLeg admit = admissions.get(added.participant());
        if (admit == null || legs.get(added.participant()) != null) {
            return;
        }
        LegDetails details = self.leg(added, space, admit.leg().browser());
        legs.put(new HostedLeg(
                details,
                host.entities().leg(added.participant()),
                asAnchor,
                host.node().journal()));
        wording.legCreated(details);
        report();
        getContext()
                .ask(
                        CallLeg.Started.class,
                        host.entities().leg(added.participant()),
                        START_TIMEOUT,
                        (ActorRef<CallLeg.Started> to) ->
                                new CallLeg.Start(details, asAnchor, null, null, legs.roster(), to),
                        (started, failure) -> new LegStarted(added.participant(), failure == null));
    }

    private Behavior<Command> onLegStarted(LegStarted started) {
        HostCommand.AdmitLeg admit = admissions.remove(started.participant());
        HostedLeg leg = legs.get(started.participant());
        if (admit != null && leg != null && started.lives()) {
            admit.replyTo().tell(new HostCommand.Admitted(leg.details));
        } else if (leg != null && !started.lives()) {
            leave(leg, "the call leg did not start");
            if (admit != null) {
                refuse(admit, "callbridgeUnavailable", AdmissionWords.NO_LEG);
            }
        }
        return this;
    }

    private Behavior<Command> onLeg(ToAnchor message) {
        HostedLeg leg = legs.get(message.participant());
        if (message instanceof ToAnchor.Describe describe) {
            legMedia.describe(leg, describe);
        } else if (leg == null) {
            // It has left; its entity may not know yet.
            return this;
        } else if (message instanceof ToAnchor.Offer offer) {
            legMedia.offer(leg, offer);
        } else if (message instanceof ToAnchor.Presence presence) {
            if (leg.presence(presence.audioMuted(), presence.videoMuted())) {
                legs.tellRoster();
            }
        } else if (message instanceof ToAnchor.Attached attached) {
            if (leg.attached(attached.connection(), attached.entry())) {
                legs.tellRoster();
            }
        } else if (message instanceof ToAnchor.Leaves leaves) {
            leave(leg, leaves.reason());
        } else if (message instanceof ToAnchor.Remind remind) {
            legs.remind(remind.participant(), host.entities(), asAnchor);
        }
        return this;
    }

    private Behavior<Command> onMedia(LegMedia.Command command) {
        HostedLeg leg = command.participant() == null ? null : legs.get(command.participant());
        LegMedia.Effect effect = legMedia.on(command, leg);
        if (effect == LegMedia.Effect.ROSTER) {
            legs.tellRoster();
        } else if (effect == LegMedia.Effect.SPEAKING && command instanceof LegMedia.Speaking speaking) {
            legs.tellAll(new FromAnchor.SpeakingAre(speaking.participants()));
        } else if (effect == LegMedia.Effect.FAILED && leg != null) {
            leg.tell(new FromAnchor.Over("mediaFailed", "The media connection failed."));
            leave(leg, "mediaFailed");
        }
        return this;
    }

    private void leave(HostedLeg leg, String reason) {
        UUID participant = leg.details.participant();
        legs.remove(leg);
        leg.leave();
        departing.add(participant, reason);
        conference.remove(participant, reason);
        getContext()
                .ask(
                        GuestAccount.Removed.class,
                        host.entities().guest(leg.details.user()),
                        REMOVAL_TIMEOUT,
                        (ActorRef<GuestAccount.Removed> to) ->
                                new GuestAccount.Remove(leg.details.name(), leg.ids(), to),
                        (removed, failure) -> new GuestGone(participant));
        report();
    }

    private Behavior<Command> onGuestGone(GuestGone gone) {
        departing.guestGone(gone.participant());
        endIfEmpty();
        return this;
    }

    private void endIfEmpty() {
        if (!ending && legs.isEmpty() && admissions.isEmpty() && departing.isEmpty()) {
            destroyed();
            conference.drop();
        }
    }

    private void destroyed() {
        ending = true;
        legMedia.close();
        wording.destroyed();
    }

    private Behavior<Command> onStop() {
        stopping = true;
        sendAway(Stopping.CODE, Stopping.CALLBRIDGE);
        endIfEmpty();
        return this;
    }

    private void sendAway(String code, String detail) {
        admissions
                .takeAll()
                .forEach(admit ->
                        admit.replyTo().tell(new HostCommand.Moved(admit.leg().participant())));
        for (HostedLeg leg : legs.all()) {
            leg.tell(new FromAnchor.Over(code, detail));
            leave(leg, code);
        }
    }

    /** The conference has gone on without this instance: nobody here is in it any more. */
    private Behavior<Command> abandon() {
        sendAway("callbridgeLost", "The meeting went on without this callbridge. Join again.");
        if (!ending) {
            destroyed();
        }
        return Behaviors.stopped();
    }

    private Behavior<Command> onStopped() {
        // Also when the node stops: sockets and timers of the media must not outlive their conference.
        legMedia.close();
        return this;
    }

    private Behavior<Command> onDue(Due due) {
        keeper.tick(now());
        if (due == Due.LEASE_END) {
            return this;
        }
        if (ending) {
            conference.drop();
            return this;
        }
        askForGrant();
        departing.unconfirmed(conference::remove);
        admissions.expire(now(), ADMISSION_PATIENCE.toNanos()).forEach(admit -> {
            HostedLeg leg = legs.get(admit.leg().participant());
            if (leg != null) {
                leave(leg, "the joining took too long");
            }
            refuseLocked(admit);
        });
        if (++ticks % TICKS_PER_BEAT == 0) {
            legs.tellAll(new FromAnchor.Beat());
        }
        endIfEmpty();
        return this;
    }

    private void askForGrant() {
        long request = keeper.lock().ask(now());
        conference.askForGrant(request, !keeper.lock().isOpen());
    }

    private void refuseLocked(HostCommand.AdmitLeg admit) {
        boolean byOrder = conference.isHosted() && !keeper.lock().isOpen();
        refuse(admit, "locked", byOrder ? AdmissionWords.locked(space) : AdmissionWords.noConsensus(space));
    }

    private static void refuse(HostCommand.AdmitLeg admit, String code, String detail) {
        admit.replyTo().tell(new HostCommand.NotAdmitted(admit.leg().participant(), code, detail));
    }

    private void report() {
        reports.tell(new Report(space.id(), self.conference(), self.media(), legs.size()));
    }

    private long now() {
        return host.node().nanos().getAsLong();
    }
}
