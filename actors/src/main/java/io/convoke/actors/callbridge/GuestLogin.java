package io.convoke.actors.callbridge;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.convoke.actors.c2w.C2wMessage;
import io.convoke.actors.callleg.LegDetails;
import io.convoke.actors.conference.ConferenceCommand;
import io.convoke.actors.conference.HostCommand;
import io.convoke.actors.guest.Credential;
import io.convoke.actors.guest.CredentialQueueFull;
import io.convoke.actors.guest.GuestAccount;
import io.convoke.actors.space.Space;
import io.convoke.actors.trace.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One guest's login, from the join request to the token: resolves the meeting, checks the passcode, makes the account, finds the conference and has the leg
 * admitted. Answers the web bridge once, and leaves nothing behind when it fails.
 */
final class GuestLogin extends AbstractBehavior<GuestLogin.Command> {
    private static final Duration RETRY = Duration.ofMillis(50);
    private static final Duration ADMIT_TIMEOUT = Duration.ofMillis(2500);
    private static final int MOST_TRIES = 20;

    sealed interface Command {}

    private record Found(Optional<Space> space, LoginResult ifNone) implements Command {}

    private record DatabaseFailed() implements Command {}

    /** The callbridge's word on whether a passcode may be looked at. */
    record PasscodeAllowed(Duration delay) implements Command {}

    record PasscodeRefused(Duration retryAfter) implements Command {}

    private record PasscodeChecked(boolean holds) implements Command {}

    private record Scheduled(int queueLength) implements Command {}

    private record Progress(String step, String what) implements Command {}

    private record Stored() implements Command {}

    private record StoreFailed(Throwable failure) implements Command {}

    private record AccountCreated(boolean lives) implements Command {}

    private record ConferenceFound(ConferenceCommand.@Nullable LocateAnswer answer) implements Command {}

    private record LegAnswer(HostCommand.AdmitAnswer answer) implements Command {}

    private enum Due implements Command {
        CHECK_PASSCODE,
        LOCATE,
        STUCK
    }

    private final LoginPorts ports;
    private final HostContext host;
    private final TimerScheduler<Command> timers;
    private final long number;
    private final C2wMessage.Join join;
    private final LoginReply reply;
    private final PasscodeGuess guess;
    private final GuestIdentity guest = GuestIdentity.fresh();
    private final List<Command> early = new ArrayList<>();
    private @Nullable Space space;
    private boolean accountCreated;
    private boolean accountAsked;
    private int tries;

    static Behavior<Command> create(
            LoginPorts ports, long number, C2wMessage.Join join, ActorRef<C2wLink.Command> link) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new GuestLogin(context, timers, ports, number, join, link)));
    }

    private GuestLogin(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            LoginPorts ports,
            long number,
            C2wMessage.Join join,
            ActorRef<C2wLink.Command> link) {
        super(context);
        this.ports = ports;
        this.host = ports.host();
        this.timers = timers;
        this.number = number;
        this.join = join;
        this.reply = new LoginReply(join.request(), link);
        this.guess = new PasscodeGuess(ports.callbridge(), join.source());
        resolve();
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Found.class, this::onFound)
                .onMessage(DatabaseFailed.class, failed -> refuse(LoginResult.databaseUnavailable()))
                .onMessage(PasscodeAllowed.class, this::onPasscodeAllowed)
                .onMessage(PasscodeRefused.class, this::onPasscodeRefused)
                .onMessage(PasscodeChecked.class, this::onPasscodeChecked)
                .onMessage(Scheduled.class, this::onScheduled)
                .onMessage(AccountCreated.class, this::onAccountCreated)
                .onMessage(Progress.class, this::onProgress)
                .onMessage(Stored.class, this::onStored)
                .onMessage(StoreFailed.class, this::onStoreFailed)
                .onMessage(ConferenceFound.class, this::onConferenceFound)
                .onMessage(LegAnswer.class, answer -> onLegAnswer(answer.answer()))
                .onMessage(Due.class, this::onDue)
                .onSignal(PostStop.class, stopped -> onStopped())
                .build();
    }

    private void resolve() {
        say("loginResolution", "resolution in progress");
        MeetingLookup lookup = MeetingLookup.start(join, ports.spaces());
        say("loginLookup", lookup.kind() + " lookup scheduled");
        getContext()
                .pipeToSelf(
                        lookup.answer(),
                        (found, failure) -> failure != null || found == null
                                ? new DatabaseFailed()
                                : new Found(found, lookup.ifNone()));
    }

    private Behavior<Command> onFound(Found result) {
        say("loginResolution", "resolution in progress");
        if (result.space().isEmpty()) {
            return refuse(result.ifNone());
        }
        space = result.space().get();
        if (!space.hasPasscode()) {
            return store();
        }
        if (join.passcode() == null || join.passcode().isEmpty()) {
            // Nothing was guessed: this is how a client learns that it has to ask for one.
            return refuse(LoginResult.wrongPasscode(false));
        }
        guess.ask(space.id(), getContext().getSelf());
        return this;
    }

    private Behavior<Command> onPasscodeAllowed(PasscodeAllowed allowed) {
        guess.allowed();
        if (allowed.delay().isZero()) {
            return checkPasscode();
        }
        timers.startSingleTimer(Due.CHECK_PASSCODE, allowed.delay());
        return this;
    }

    private Behavior<Command> onPasscodeRefused(PasscodeRefused refused) {
        return refuse(
                LoginResult.tooManyAttempts(Math.max(1, refused.retryAfter().toSeconds())));
    }

    private Behavior<Command> checkPasscode() {
        getContext()
                .pipeToSelf(
                        ports.spaces().passcodeHolds(meeting().id(), join.passcode()),
                        (holds, failure) ->
                                failure != null || holds == null ? new DatabaseFailed() : new PasscodeChecked(holds));
        return this;
    }

    private Behavior<Command> onPasscodeChecked(PasscodeChecked checked) {
        guess.was(checked.holds());
        return checked.holds() ? store() : refuse(LoginResult.wrongPasscode(true));
    }

    private Behavior<Command> store() {
        timers.startSingleTimer(Due.STUCK, host.settings().joinTimeout());
        ActorRef<Command> self = getContext().getSelf();
        Credential credential = guest.credential(host.settings().callbridge(), expires());
        CompletionStage<?> stored = ports.credentials()
                .store(
                        credential,
                        new StorageSteps(
                                length -> self.tell(new Scheduled(length)),
                                (step, what) -> self.tell(new Progress(step, what))));
        getContext().pipeToSelf(stored, (done, failure) -> failure == null ? new Stored() : new StoreFailed(failure));
        return this;
    }

    private Behavior<Command> onScheduled(Scheduled scheduled) {
        say(
                "credentialStorageScheduled",
                "credential storage scheduled (queue length: " + scheduled.queueLength() + ")");
        accountAsked = true;
        getContext()
                .ask(
                        GuestAccount.Created.class,
                        host.entities().guest(guest.user()),
                        host.settings().joinTimeout(),
                        (ActorRef<GuestAccount.Created> to) -> new GuestAccount.Create(
                                join.name(), ids(), host.settings().callbridge(), to),
                        (created, failure) -> new AccountCreated(failure == null));
        return this;
    }

    private Behavior<Command> onAccountCreated(AccountCreated created) {
        if (!created.lives()) {
            return refuse(LoginResult.stuck());
        }
        accountCreated = true;
        // Not sent to itself again: what came in the meantime would overtake it.
        Behavior<Command> next = this;
        for (Command command : early) {
            next = command instanceof Progress progress ? onProgress(progress) : onStored((Stored) command);
        }
        early.clear();
        return next;
    }

    /** The storing goes on while the account is made; what it says is said in its turn. */
    private boolean tooEarly(Command command) {
        if (!accountCreated) {
            early.add(command);
        }
        return !accountCreated;
    }

    private Behavior<Command> onProgress(Progress progress) {
        if (!tooEarly(progress)) {
            say(progress.step(), progress.what());
        }
        return this;
    }

    private Behavior<Command> onStored(Stored stored) {
        if (tooEarly(stored)) {
            return this;
        }
        say("credentialsStored", "successfully stored credentials");
        host.node().journal().record("userInstantiating", ids(), "instantiating user \"" + guest.user() + "\"");
        return locate();
    }

    private Behavior<Command> onStoreFailed(StoreFailed failed) {
        Throwable cause = failed.failure().getCause() == null
                ? failed.failure()
                : failed.failure().getCause();
        boolean full = failed.failure() instanceof CredentialQueueFull || cause instanceof CredentialQueueFull;
        return refuse(full ? LoginResult.tooBusy() : LoginResult.databaseUnavailable());
    }

    private Behavior<Command> locate() {
        if (++tries > MOST_TRIES) {
            return refuse(LoginResult.stuck());
        }
        Space meeting = meeting();
        getContext()
                .ask(
                        ConferenceCommand.LocateAnswer.class,
                        host.entities().conference(meeting.id()),
                        host.settings().joinTimeout(),
                        (ActorRef<ConferenceCommand.LocateAnswer> to) -> new ConferenceCommand.Locate(
                                meeting, host.settings().callbridge(), host.incarnation(), ports.asHost(), to),
                        (answer, failure) -> new ConferenceFound(answer));
        return this;
    }

    private Behavior<Command> onConferenceFound(ConferenceFound found) {
        if (found.answer() instanceof ConferenceCommand.NoEntry none) {
            return refuse(new LoginResult(none.code(), none.detail(), null));
        }
        if (found.answer() instanceof ConferenceCommand.Located located) {
            HostCommand.LegRequest leg = guest.leg(number, join);
            getContext()
                    .ask(
                            HostCommand.AdmitAnswer.class,
                            located.host(),
                            ADMIT_TIMEOUT.compareTo(host.settings().joinTimeout()) < 0
                                    ? ADMIT_TIMEOUT
                                    : host.settings().joinTimeout(),
                            (ActorRef<HostCommand.AdmitAnswer> to) ->
                                    new HostCommand.AdmitLeg(meeting(), located.correlator(), leg, to),
                            (answer, failure) -> new LegAnswer(
                                    answer == null ? new HostCommand.Moved(guest.participant()) : answer));
            return this;
        }
        return refuse(LoginResult.stuck());
    }

    private Behavior<Command> onLegAnswer(HostCommand.AdmitAnswer answer) {
        if (answer instanceof HostCommand.Admitted admitted) {
            return accept(admitted.leg());
        }
        if (answer instanceof HostCommand.NotAdmitted not) {
            return refuse(new LoginResult(not.code(), not.detail(), null));
        }
        timers.startSingleTimer(Due.LOCATE, RETRY);
        return this;
    }

    private Behavior<Command> onDue(Due due) {
        return switch (due) {
            case CHECK_PASSCODE -> checkPasscode();
            case LOCATE -> locate();
            case STUCK -> refuse(LoginResult.stuck());
        };
    }

    private Behavior<Command> accept(LegDetails leg) {
        Instant expires = expires();
        UUID callbridge = host.settings().callbridge();
        String token = ports.jwt().issue(guest.token(leg, callbridge, join.tracing(), expires), guest.secret());
        // Before the client can know of it, and use it.
        host.node()
                .journal()
                .record("sessionCreated", leg.ids(), "new session created for user \"" + guest.user() + "\"");
        reply.accept(token, guest.user(), leg, callbridge, expires);
        return Behaviors.stopped();
    }

    private Behavior<Command> refuse(LoginResult result) {
        if (reply.isGiven()) {
            return Behaviors.stopped();
        }
        say("loginRefused", "refused (" + result.code() + ")");
        reply.refuse(result);
        if (accountAsked) {
            host.entities()
                    .guest(guest.user())
                    .tell(new GuestAccount.Remove(
                            join.name(), ids(), getContext().getSystem().ignoreRef()));
        }
        return Behaviors.stopped();
    }

    /** Also when it is stopped or fails in the midst: the throttle must not wait for a guess for ever. */
    private Behavior<Command> onStopped() {
        guess.abandon();
        return this;
    }

    private void say(String step, String what) {
        host.node().journal().record(step, ids(), MeetingWording.login(number, what));
    }

    private Ids ids() {
        Ids ids = Ids.none()
                .withLoginRequest(number)
                .withSession(join.session())
                .withCallbridge(host.settings().callbridge())
                .withSpace(space == null ? null : space.id());
        return accountAsked ? ids.withUser(guest.user()).withParticipant(guest.participant()) : ids;
    }

    private Space meeting() {
        if (space == null) {
            throw new IllegalStateException("Expected a resolved meeting in login request " + number);
        }
        return space;
    }

    private Instant expires() {
        return host.node().clock().instant().plus(host.settings().tokenLifetime());
    }
}
