package io.convoke.actors.xmpp.session;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.actor.typed.receptionist.Receptionist;
import akka.actor.typed.receptionist.ServiceKey;
import io.convoke.actors.state.ClusterMessage;
import io.convoke.actors.trace.Ids;
import io.convoke.actors.xmpp.XmppConfiguration;
import io.convoke.actors.xmpp.XmppConfigurationStore;
import io.convoke.protocols.dns.DnsAnswer;
import io.convoke.protocols.dns.DnsQuestion;
import io.convoke.protocols.dns.SrvRecord;
import io.convoke.protocols.xmpp.registration.RegistrationSettings;
import io.convoke.protocols.xmpp.registration.ServerAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which sessions a callbridge has with XMPP servers: as its configuration in the database says, now and after each change; without one, with its own node's. */
public final class XmppSessions extends AbstractBehavior<XmppSessions.Command> {
    private static final Duration READ_AGAIN = Duration.ofSeconds(2);
    private static final Duration LOOK_AGAIN_MIN = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN_MAX = Duration.ofHours(1);
    private static final Duration FIND_WITHIN = Duration.ofSeconds(3);

    public sealed interface Command {}

    /** The configuration of a callbridge was changed in the database; those of others do not matter here. */
    public record ConfigurationChanged(UUID callbridge) implements Command, ClusterMessage {}

    /** The XMPP server of this node takes components now. */
    public record OwnServerBound(OwnServer server) implements Command {}

    private record Configured(@Nullable XmppConfiguration configuration, int reading) implements Command {}

    private record ServersKnown(DnsAnswer answer, int reading) implements Command {}

    private record SessionEnded(ActorRef<?> session) implements Command {}

    private enum Due implements Command {
        READ,
        LOOK
    }

    /** How to find those of all nodes. */
    public static final ServiceKey<Command> KEY = ServiceKey.create(Command.class, "xmpp-sessions");

    private final TimerScheduler<Command> timers;
    private final XmppSessionsSettings settings;
    private final XmppConfigurationStore store;
    private final SessionContext shared;
    private final Map<String, ActorRef<XmppComponentSession.Command>> sessions = new LinkedHashMap<>();
    private final Set<ActorRef<?>> ending = new LinkedHashSet<>();
    private @Nullable ActorRef<IdleSession.Command> idle;
    private @Nullable XmppConfiguration configuration;
    private @Nullable OwnServer ownServer;
    private int reading;
    private boolean begun;

    public static Behavior<Command> create(
            XmppSessionsSettings settings, XmppConfigurationStore store, SessionContext shared) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new XmppSessions(context, timers, settings, store, shared)));
    }

    private XmppSessions(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            XmppSessionsSettings settings,
            XmppConfigurationStore store,
            SessionContext shared) {
        super(context);
        this.timers = timers;
        this.settings = settings;
        this.store = store;
        this.shared = shared;
        context.getSystem().receptionist().tell(Receptionist.register(KEY, context.getSelf()));
        showIdle(IdleSession.Reason.UNCONFIGURED);
        read();
    }

    /** Tells every node that a callbridge's configuration is another now. Returns at once. */
    public static void announceChange(ActorSystem<?> system, UUID callbridge) {
        AskPattern.<Receptionist.Command, Receptionist.Listing>ask(
                        system.receptionist(),
                        replyTo -> Receptionist.find(KEY, replyTo),
                        FIND_WITHIN,
                        system.scheduler())
                .thenAccept(listing -> listing.getServiceInstances(KEY)
                        .forEach(one -> one.tell(new ConfigurationChanged(callbridge))));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(ConfigurationChanged.class, this::onChanged)
                .onMessage(OwnServerBound.class, this::onOwnServer)
                .onMessage(Configured.class, this::onConfigured)
                .onMessage(ServersKnown.class, this::onServersKnown)
                .onMessage(SessionEnded.class, this::onSessionEnded)
                .onMessageEquals(Due.READ, this::onReadDue)
                .onMessageEquals(Due.LOOK, this::onLookDue)
                .build();
    }

    private Behavior<Command> onChanged(ConfigurationChanged changed) {
        if (changed.callbridge().equals(shared.callbridge())) {
            read();
        }
        return this;
    }

    private Behavior<Command> onReadDue() {
        read();
        return this;
    }

    /** Only the latest reading counts. */
    private void read() {
        int now = ++reading;
        timers.cancel(Due.READ);
        getContext().pipeToSelf(store.read(shared.callbridge()), (read, failure) -> new Configured(read, now));
    }

    private Behavior<Command> onConfigured(Configured result) {
        if (result.reading() != reading) {
            return this;
        }
        if (result.configuration() == null) {
            if (configuration == null) {
                showIdle(IdleSession.Reason.DATABASE);
            }
            timers.startSingleTimer(Due.READ, READ_AGAIN);
            return this;
        }
        configuration = result.configuration();
        shared.node()
                .journal()
                .record(
                        "xmppConfigurationRead",
                        Ids.none().withCallbridge(shared.callbridge()),
                        configuration.equals(XmppConfiguration.EMPTY)
                                ? "XMPP: this callbridge has no configuration"
                                : "XMPP: this callbridge is configured as \"" + configuration.uniqueName()
                                        + "\" for domain \"" + configuration.domain() + "\", server "
                                        + (configuration.serverAddressOverride().isEmpty()
                                                ? "by DNS"
                                                : configuration.serverAddressOverride()));
        return beginAnew();
    }

    private Behavior<Command> onOwnServer(OwnServerBound bound) {
        ownServer = bound.server();
        return XmppConfiguration.EMPTY.equals(configuration) ? beginAnew() : this;
    }

    /** What is up goes down first: two registrations of one name would throw each other out. */
    private Behavior<Command> beginAnew() {
        begun = false;
        timers.cancel(Due.LOOK);
        sessions.values().forEach(session -> {
            ending.add(session);
            session.tell(XmppComponentSession.Stop.INSTANCE);
        });
        sessions.clear();
        return begin();
    }

    private Behavior<Command> onSessionEnded(SessionEnded ended) {
        ending.remove(ended.session());
        boolean died = sessions.values().remove(ended.session());
        return died ? beginAnew() : begin();
    }

    private Behavior<Command> begin() {
        XmppConfiguration current = configuration;
        if (begun || !ending.isEmpty() || current == null) {
            return this;
        }
        OwnServer own = ownServer;
        boolean unconfigured = current.equals(XmppConfiguration.EMPTY);
        ActorRef<IdleSession.Command> placeholder = idle;
        if (placeholder != null && !(unconfigured && own == null)) {
            // Only one of them may stand on the board, and the last to come would win.
            idle = null;
            ending.add(placeholder);
            getContext().stop(placeholder);
            return this;
        }
        begun = true;
        if (unconfigured) {
            if (own == null) {
                showIdle(IdleSession.Reason.UNCONFIGURED);
            } else {
                start(ownPlan(own));
            }
        } else if (settings.each()
                && current.serverAddressOverride().isEmpty()
                && !current.domain().isEmpty()) {
            look(current);
        } else {
            start(plan("", current, null));
        }
        return this;
    }

    private void look(XmppConfiguration current) {
        int now = reading;
        DnsQuestion question = new DnsQuestion("_xmpp-component._tcp." + current.domain(), DnsQuestion.Type.SRV);
        getContext()
                .pipeToSelf(
                        shared.names().ask(question),
                        (answer, failure) -> answer == null
                                ? new ServersKnown(
                                        DnsAnswer.without(question, DnsAnswer.Outcome.SERVER_FAILURE, List.of(), ""),
                                        now)
                                : new ServersKnown(answer, now));
    }

    private Behavior<Command> onLookDue() {
        XmppConfiguration current = configuration;
        if (current != null && begun) {
            look(current);
        }
        return this;
    }

    /** Sessions come and go as their servers do; while there are none, one session says why. */
    private Behavior<Command> onServersKnown(ServersKnown known) {
        XmppConfiguration current = configuration;
        if (known.reading() != reading || current == null || !begun) {
            return this;
        }
        DnsAnswer answer = known.answer();
        Duration again = Duration.ofSeconds(answer.ttlSeconds());
        again = again.compareTo(LOOK_AGAIN_MIN) < 0 ? LOOK_AGAIN_MIN : again;
        timers.startSingleTimer(Due.LOOK, again.compareTo(LOOK_AGAIN_MAX) > 0 ? LOOK_AGAIN_MAX : again);
        boolean undecided = !answer.found() && !sessions.isEmpty();
        if (undecided) {
            return this;
        }
        Map<String, ServerAddress> wanted = new LinkedHashMap<>();
        for (SrvRecord record : answer.services()) {
            if (!record.target().equals(SrvRecord.NOWHERE)) {
                ServerAddress server = new ServerAddress(record.target(), record.port());
                wanted.put(server.toString(), server);
            }
        }
        Map<String, @Nullable ServerAddress> all = new LinkedHashMap<>(wanted);
        if (all.isEmpty()) {
            all.put("", null);
        }
        for (String gone : Set.copyOf(sessions.keySet())) {
            if (!all.containsKey(gone)) {
                ActorRef<XmppComponentSession.Command> session = sessions.remove(gone);
                if (session != null) {
                    ending.add(session);
                    session.tell(XmppComponentSession.Stop.INSTANCE);
                }
            }
        }
        all.forEach((key, server) -> {
            if (!sessions.containsKey(key)) {
                start(plan(key, current, server));
            }
        });
        return this;
    }

    private void start(XmppComponentSession.Plan plan) {
        ActorRef<XmppComponentSession.Command> session =
                getContext().spawnAnonymous(XmppComponentSession.create(shared, plan));
        getContext().watchWith(session, new SessionEnded(session));
        sessions.put(plan.key(), session);
    }

    private XmppComponentSession.Plan plan(String key, XmppConfiguration current, @Nullable ServerAddress only) {
        return new XmppComponentSession.Plan(
                key,
                new RegistrationSettings(
                        current.uniqueName(),
                        current.domain(),
                        current.sharedSecret(),
                        current.serverAddressOverride(),
                        only,
                        settings.plainTcp(),
                        true,
                        settings.limits(),
                        settings.bounds()),
                null,
                false);
    }

    private XmppComponentSession.Plan ownPlan(OwnServer own) {
        ServerAddress server = new ServerAddress(own.host(), own.port());
        return new XmppComponentSession.Plan(
                "",
                new RegistrationSettings(
                        own.name(),
                        own.domain(),
                        own.secret(),
                        server.toString(),
                        null,
                        own.certificate() == null ? Set.of(server) : Set.of(),
                        false,
                        settings.limits(),
                        settings.bounds()),
                own.certificate(),
                true);
    }

    private void showIdle(IdleSession.Reason reason) {
        ActorRef<IdleSession.Command> placeholder = idle;
        if (placeholder != null) {
            placeholder.tell(reason);
            return;
        }
        placeholder = getContext().spawnAnonymous(IdleSession.create(shared, reason));
        getContext().watchWith(placeholder, new SessionEnded(placeholder));
        idle = placeholder;
    }
}
