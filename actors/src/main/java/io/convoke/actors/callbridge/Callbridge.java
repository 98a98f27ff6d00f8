package io.convoke.actors.callbridge;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.actor.typed.receptionist.Receptionist;
import io.convoke.actors.c2w.C2wDialer;
import io.convoke.actors.c2w.C2wMessage;
import io.convoke.actors.c2w.JwtIssuer;
import io.convoke.actors.conference.HostCommand;
import io.convoke.actors.guest.CredentialStore;
import io.convoke.actors.node.StateJson;
import io.convoke.actors.space.PasscodeThrottle;
import io.convoke.actors.space.SpaceDirectory;
import io.convoke.actors.state.GetState;
import io.convoke.actors.trace.Ids;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A core node's callbridge: owns its links, logins and conference instances, and counts wrong passcodes. */
public final class Callbridge extends AbstractBehavior<Callbridge.Command> {
    private static final Duration PURGE_RETRY = Duration.ofSeconds(2);

    /** How long a stop waits for conferences and accounts to confirm that everybody has left; a database that is away would hold it up. */
    static final Duration STOP_WITHIN = Duration.ofSeconds(2);

    public sealed interface Command {}

    /** Ends every call, then the links, then the callbridge; answered when that is done, and within {@link #STOP_WITHIN} whatever does not answer. */
    record Stop(ActorRef<Done> replyTo) implements Command {}

    /** A web bridge asks to let somebody join. */
    record JoinRequested(C2wMessage.Join join, ActorRef<C2wLink.Command> link) implements Command {}

    /** A login asks before it looks at a passcode; answered by {@link GuestLogin.PasscodeAllowed} or {@link GuestLogin.PasscodeRefused}. */
    record MayCheckPasscode(String source, UUID space, ActorRef<GuestLogin.Command> replyTo) implements Command {}

    /** Follows each permission to look at a passcode, once. */
    record PasscodeWas(String source, UUID space, Guess guess) implements Command {}

    enum Guess {
        RIGHT,
        WRONG,
        ABANDONED
    }

    private record FromCluster(HostCommand message) implements Command {}

    private record Reported(ConferenceInstance.Report report) implements Command {}

    private record InstanceEnded(UUID space, ActorRef<ConferenceInstance.Command> instance) implements Command {}

    private record LoginEnded() implements Command {}

    private record LinkEnded(ActorRef<C2wLink.Command> link) implements Command {}

    private record Purged(@Nullable Integer accounts) implements Command {}

    private record Asked(GetState question) implements Command {}

    private enum Due implements Command {
        PURGE,
        STOP
    }

    /** What it needs of others. */
    record Ports(
            SpaceDirectory spaces,
            CredentialStore credentials,
            PasscodeThrottle throttle,
            JwtIssuer jwt,
            C2wDialer dialer) {}

    private final HostContext host;
    private final TimerScheduler<Command> timers;
    private final Ports ports;
    private final LoginPorts loginPorts;
    private final ActorRef<HostCommand> asHost;
    private final ActorRef<ConferenceInstance.Report> reports;
    private final Map<UUID, ActorRef<ConferenceInstance.Command>> instances = new LinkedHashMap<>();
    private final Map<UUID, ConferenceInstance.Report> hosted = new LinkedHashMap<>();
    private final Instant since;
    private long loginNumber = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE / 2);
    private int loginsInFlight;
    private long loginsDone;
    private long loginsTurnedAway;
    private final Set<ActorRef<C2wLink.Command>> links = new HashSet<>();
    private boolean purged;
    private boolean saidFarewell;
    private @Nullable ActorRef<Done> stopping;

    static Behavior<Command> create(HostContext host, Ports ports) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new Callbridge(context, timers, host, ports)));
    }

    private Callbridge(ActorContext<Command> context, TimerScheduler<Command> timers, HostContext host, Ports ports) {
        super(context);
        this.host = host;
        this.timers = timers;
        this.ports = ports;
        this.since = host.node().clock().instant();
        this.asHost = context.messageAdapter(HostCommand.class, FromCluster::new);
        this.reports = context.messageAdapter(ConferenceInstance.Report.class, Reported::new);
        this.loginPorts =
                new LoginPorts(host, ports.spaces(), ports.credentials(), ports.jwt(), context.getSelf(), asHost);
        host.node().board().register("callbridges", id(), context.messageAdapter(GetState.class, Asked::new));
        context.getSystem().receptionist().tell(Receptionist.register(HostCommand.KEY, asHost));
        purge();
        for (URI url : host.settings().webBridges()) {
            ActorRef<C2wLink.Command> link = context.spawn(
                    C2wLink.create(host, ports.dialer(), ports.jwt(), url, context.getSelf()),
                    "c2w-" + url.getHost() + "-" + url.getPort());
            links.add(link);
            context.watchWith(link, new LinkEnded(link));
        }
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(JoinRequested.class, this::onJoinRequested)
                .onMessage(LoginEnded.class, this::onLoginEnded)
                .onMessage(MayCheckPasscode.class, this::onMayCheckPasscode)
                .onMessage(PasscodeWas.class, this::onPasscodeWas)
                .onMessage(FromCluster.class, this::onCluster)
                .onMessage(Reported.class, this::onReported)
                .onMessage(InstanceEnded.class, this::onInstanceEnded)
                .onMessage(Purged.class, this::onPurged)
                .onMessageEquals(Due.PURGE, this::onPurgeDue)
                .onMessage(Stop.class, this::onStop)
                .onMessage(LinkEnded.class, this::onLinkEnded)
                .onMessageEquals(Due.STOP, this::farewell)
                .onMessage(Asked.class, this::onAsked)
                .build();
    }

    /** A crash may have left credentials behind; nobody of a former life is still here to use them. */
    private void purge() {
        getContext()
                .pipeToSelf(
                        ports.credentials().removeAllOf(host.settings().callbridge()),
                        (accounts, failure) -> new Purged(failure == null ? accounts : null));
    }

    private Behavior<Command> onPurgeDue() {
        purge();
        return this;
    }

    private Behavior<Command> onPurged(Purged result) {
        Integer accounts = result.accounts();
        if (accounts == null) {
            timers.startSingleTimer(Due.PURGE, PURGE_RETRY);
            return this;
        }
        purged = true;
        if (accounts > 0) {
            host.node()
                    .journal()
                    .record(
                            "guestAccountsPurged",
                            Ids.none().withCallbridge(host.settings().callbridge()),
                            "removed " + accounts
                                    + " guest accounts that an earlier run of this callbridge left behind");
        }
        return this;
    }

    private Behavior<Command> onJoinRequested(JoinRequested request) {
        boolean busy = loginsInFlight >= host.settings().maxJoinsInFlight();
        if (busy || !purged || stopping != null) {
            loginsTurnedAway++;
            LoginResult why = stopping != null
                    ? LoginResult.stopping()
                    : busy ? LoginResult.tooBusy() : LoginResult.databaseUnavailable();
            request.link()
                    .tell(new C2wLink.Send(new C2wMessage.JoinRefused(
                            request.join().request(), why.code(), why.detail(), why.retryAfterSeconds())));
            return this;
        }
        loginsInFlight++;
        long number = ++loginNumber;
        ActorRef<GuestLogin.Command> login = getContext()
                .spawn(GuestLogin.create(loginPorts, number, request.join(), request.link()), "login-" + number);
        getContext().watchWith(login, new LoginEnded());
        return this;
    }

    private Behavior<Command> onLoginEnded(LoginEnded ended) {
        loginsInFlight--;
        loginsDone++;
        return this;
    }

    private Behavior<Command> onMayCheckPasscode(MayCheckPasscode question) {
        PasscodeThrottle.Decision decision = ports.throttle()
                .check(question.source(), question.space(), host.node().nanos().getAsLong());
        if (decision instanceof PasscodeThrottle.Refuse refuse) {
            question.replyTo().tell(new GuestLogin.PasscodeRefused(refuse.retryAfter()));
        } else if (decision instanceof PasscodeThrottle.Go go) {
            question.replyTo().tell(new GuestLogin.PasscodeAllowed(go.delay()));
        }
        return this;
    }

    private Behavior<Command> onPasscodeWas(PasscodeWas result) {
        switch (result.guess()) {
            case RIGHT -> ports.throttle().succeeded(result.source(), result.space());
            case WRONG ->
                ports.throttle()
                        .failed(
                                result.source(),
                                result.space(),
                                host.node().nanos().getAsLong());
            case ABANDONED -> ports.throttle().abandoned(result.source(), result.space());
        }
        return this;
    }

    private Behavior<Command> onCluster(FromCluster message) {
        if (message.message() instanceof HostCommand.AdmitLeg admit) {
            if (stopping != null) {
                admit.replyTo().tell(new HostCommand.Moved(admit.leg().participant()));
                return this;
            }
            UUID space = admit.space().id();
            ActorRef<ConferenceInstance.Command> instance = instances.get(space);
            if (instance == null) {
                instance = getContext()
                        .spawnAnonymous(
                                ConferenceInstance.create(host, admit.space(), admit.correlator(), asHost, reports));
                instances.put(space, instance);
                getContext().watchWith(instance, new InstanceEnded(space, instance));
            }
            instance.tell(new ConferenceInstance.Admit(admit));
        }
        return this;
    }

    private Behavior<Command> onReported(Reported message) {
        ConferenceInstance.Report report = message.report();
        if (instances.containsKey(report.space())) {
            hosted.put(report.space(), report);
        }
        host.node().board().changed("callbridges", id());
        return this;
    }

    private Behavior<Command> onInstanceEnded(InstanceEnded ended) {
        instances.remove(ended.space(), ended.instance());
        hosted.remove(ended.space());
        host.node().board().changed("callbridges", id());
        return stopping != null && instances.isEmpty() ? farewell() : this;
    }

    private Behavior<Command> onStop(Stop stop) {
        stopping = stop.replyTo();
        timers.startSingleTimer(Due.STOP, STOP_WITHIN);
        instances.values().forEach(instance -> instance.tell(ConferenceInstance.Stop.INSTANCE));
        return instances.isEmpty() ? farewell() : this;
    }

    /** The links carried the last words, and may go; whatever still runs here goes with this actor. */
    private Behavior<Command> farewell() {
        if (!saidFarewell) {
            saidFarewell = true;
            links.forEach(link -> link.tell(C2wLink.Farewell.INSTANCE));
        }
        return stopWithoutLinks();
    }

    private Behavior<Command> onLinkEnded(LinkEnded ended) {
        links.remove(ended.link());
        return saidFarewell ? stopWithoutLinks() : this;
    }

    private Behavior<Command> stopWithoutLinks() {
        ActorRef<Done> asker = stopping;
        if (asker == null || !links.isEmpty()) {
            return this;
        }
        asker.tell(Done.getInstance());
        return Behaviors.stopped();
    }

    private String id() {
        return host.settings().callbridge().toString();
    }

    private Behavior<Command> onAsked(Asked asked) {
        asked.question()
                .replyTo()
                .tell(new StateJson(
                                "callbridges",
                                id(),
                                host.node().name(),
                                since,
                                purged ? "running" : "waitingForDatabase")
                        .with("software", host.settings().software())
                        .with("incarnation", host.incarnation())
                        .with(
                                "webBridges",
                                host.settings().webBridges().stream()
                                        .map(URI::toString)
                                        .toList())
                        .with("mediaAddresses", host.media().addresses())
                        .with("conferences", hosted.values())
                        .with(
                                "legs",
                                hosted.values().stream()
                                        .mapToInt(ConferenceInstance.Report::legs)
                                        .sum())
                        .with("joinsInFlight", loginsInFlight)
                        .with("maxJoinsInFlight", host.settings().maxJoinsInFlight())
                        .with("joinsDone", loginsDone)
                        .with("joinsTurnedAway", loginsTurnedAway)
                        .with("callsSoFar", host.callNumbers().get())
                        .with("credentialQueueLength", ports.credentials().queueLength())
                        .snapshot());
        return this;
    }
}
