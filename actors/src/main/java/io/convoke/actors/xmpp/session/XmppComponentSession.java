package io.convoke.actors.xmpp.session;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.convoke.actors.state.GetState;
import io.convoke.actors.trace.Facility;
import io.convoke.actors.trace.Ids;
import io.convoke.actors.trace.Severity;
import io.convoke.actors.xmpp.login.LoginPeer;
import io.convoke.protocols.xmpp.registration.RegistrationFailure;
import io.convoke.protocols.xmpp.registration.RegistrationSettings;
import io.convoke.protocols.xmpp.registration.RegistrationView;
import io.convoke.protocols.xmpp.registration.ServerAddress;
import io.convoke.protocols.xmpp.registration.Step;
import io.convoke.protocols.xmpp.xml.Element;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One registration of a callbridge with one XMPP server, or with the best of several: walks the twelve steps, keeps what it reached, and shows where it is. */
final class XmppComponentSession extends AbstractBehavior<XmppComponentSession.Command> {
    static final String KIND = "xmpp-sessions";

    private static final String PROGRAM = "host:server";

    sealed interface Command {}

    /** Takes the registration down, and ends. */
    enum Stop implements Command {
        INSTANCE
    }

    private record Happened(RegistrationEvent event) implements Command {}

    private record Answer(String session, Element stanza) implements Command {}

    private record Asked(GetState question) implements Command {}

    private enum Due implements Command {
        TIMEOUT
    }

    /**
     * What it registers with.
     *
     * @param key tells it from others of the same callbridge; empty for the only one
     * @param pinned the certificate to trust alone; null for those of the settings
     */
    record Plan(
            String key,
            RegistrationSettings registration,
            @Nullable X509Certificate pinned,
            boolean ownServer) {}

    private final TimerScheduler<Command> timers;
    private final SessionContext shared;
    private final Plan plan;
    private final String id;
    private final RegistrationDrive drive;
    private @Nullable ActorRef<XmppAlarm.Command> alarm;
    private @Nullable AlarmRule raised;
    private @Nullable Step shown;
    private String lastWords = "";
    private String sessionName = "";
    private long registrations;
    private long stanzasIn;
    private long stanzasOut;

    static Behavior<Command> create(SessionContext shared, Plan plan) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new XmppComponentSession(context, timers, shared, plan)));
    }

    private XmppComponentSession(
            ActorContext<Command> context, TimerScheduler<Command> timers, SessionContext shared, Plan plan) {
        super(context);
        this.timers = timers;
        this.shared = shared;
        this.plan = plan;
        this.id = id(shared.callbridge(), plan.key());
        shared.node().board().register(KIND, id, context.messageAdapter(GetState.class, Asked::new));
        ActorRef<Command> self = context.getSelf();
        this.drive = new RegistrationDrive(
                plan.registration(),
                new RegistrationDrive.Ports(
                        shared.names(),
                        shared.dialer(),
                        () -> shared.tls().read(plan.pinned()),
                        event -> self.tell(new Happened(event)),
                        shared.node().nanos(),
                        new SecureRandom()),
                new Hearing());
        changed();
    }

    /** The board's identifier of a session. */
    static String id(UUID callbridge, String key) {
        return key.isEmpty() ? callbridge.toString() : callbridge + "-" + key;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Happened.class, this::onHappened)
                .onMessage(Answer.class, this::onAnswer)
                .onMessageEquals(Due.TIMEOUT, this::onTimeout)
                .onMessage(Asked.class, this::onAsked)
                .onMessageEquals(Stop.INSTANCE, Behaviors::stopped)
                .onSignal(PostStop.class, stopped -> onPostStop())
                .build();
    }

    private Behavior<Command> onHappened(Happened happened) {
        drive.handle(happened.event());
        return changed();
    }

    private Behavior<Command> onTimeout() {
        drive.handleTimeout();
        return changed();
    }

    private Behavior<Command> onPostStop() {
        lost();
        drive.stop();
        return this;
    }

    /** Sets the clock anew, and tells the board where the step is another. */
    private Behavior<Command> changed() {
        long deadline = drive.deadlineNanos();
        if (deadline == Long.MAX_VALUE) {
            timers.cancel(Due.TIMEOUT);
        } else {
            long wait = Math.max(0, deadline - shared.node().nanos().getAsLong());
            timers.startSingleTimer(Due.TIMEOUT, Duration.ofNanos(wait));
        }
        Step step = drive.view().step();
        if (step != shown) {
            shown = step;
            shared.node().board().changed(KIND, id);
        }
        return this;
    }

    /** Answers for a session that is over go nowhere: the next one's server never asked. */
    private Behavior<Command> onAnswer(Answer answer) {
        if (answer.session().equals(sessionName)) {
            send(answer.stanza());
        }
        return changed();
    }

    private void send(Element stanza) {
        stanzasOut++;
        drive.send(stanza);
    }

    private final class Hearing implements RegistrationDrive.Listener {
        @Override
        public void registered() {
            lastWords = "";
            sessionName = id + "#" + ++registrations;
            journal(
                    Severity.INFO,
                    "xmppRegistered",
                    "XMPP component connection to server " + server() + " registered as "
                            + plan.registration().uniqueName());
            clearAlarm();
        }

        @Override
        public void failed(RegistrationFailure failure, boolean wasRegistered) {
            lost();
            // The same failure every few seconds is said once.
            if (!failure.words().equals(lastWords)) {
                lastWords = failure.words();
                journal(
                        Severity.WARNING,
                        wasRegistered ? "xmppRegistrationLost" : "xmppRegistrationFailed",
                        "XMPP component connection to server " + server() + " failed at step "
                                + failure.step().number() + " ("
                                + failure.step().words() + "): " + failure.words());
            }
            raiseAlarm(failure);
        }

        @Override
        public void received(Element stanza) {
            stanzasIn++;
            onStanza(stanza);
        }
    }

    private void onStanza(Element stanza) {
        String type = stanza.attribute("type");
        if (!stanza.name().equals("iq") || !("get".equals(type) || "set".equals(type))) {
            return;
        }
        if (SessionAnswers.isLogin(stanza)) {
            drive.used();
        }
        ActorRef<Command> self = getContext().getSelf();
        String session = sessionName;
        shared.stanzas()
                .answer(
                        new LoginPeer(
                                session,
                                plan.registration().domain(),
                                drive.view().transport().equals("tls")),
                        stanza,
                        answer -> self.tell(new Answer(session, answer)));
    }

    private void lost() {
        if (!sessionName.isEmpty()) {
            shared.stanzas().lost(sessionName);
            sessionName = "";
        }
    }

    private void raiseAlarm(RegistrationFailure failure) {
        AlarmRule rule = AlarmRule.of(failure);
        XmppAlarm.Facts facts =
                new XmppAlarm.Facts(shared.callbridge(), id, rule, server(), failure.words(), failure.advice());
        ActorRef<XmppAlarm.Command> before = alarm;
        if (before != null && rule.equals(raised)) {
            before.tell(facts);
            return;
        }
        clearAlarm();
        raised = rule;
        alarm = getContext().spawnAnonymous(XmppAlarm.create(shared.node(), facts));
        journal(
                Severity.WARNING,
                "xmppAlarmRaised",
                "alarm " + rule.type() + " raised (failureReason " + rule.failureReason() + "): " + failure.words());
    }

    private void clearAlarm() {
        AlarmRule rule = raised;
        if (alarm != null && rule != null) {
            getContext().stop(alarm);
            journal(Severity.INFO, "xmppAlarmCleared", "alarm " + rule.type() + " cleared");
        }
        alarm = null;
        raised = null;
    }

    private String server() {
        RegistrationView view = drive.view();
        ServerAddress server = view.server();
        return server == null ? "of " + plan.registration().domain() : server.toString();
    }

    private void journal(Severity severity, String step, String text) {
        shared.node()
                .journal()
                .record(Facility.USER, severity, PROGRAM, step, Ids.none().withCallbridge(shared.callbridge()), text);
    }

    private Behavior<Command> onAsked(Asked asked) {
        asked.question()
                .replyTo()
                .tell(new SessionJson(
                                id,
                                shared.node().name(),
                                shared.callbridge(),
                                plan.ownServer(),
                                shared.node().clock().instant(),
                                shared.node().nanos().getAsLong())
                        .of(plan.registration(), drive.view(), stanzasIn, stanzasOut));
        return this;
    }
}
