package io.convoke.node;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import io.convoke.actors.guest.CredentialStore;
import io.convoke.actors.space.PasscodeThrottle;
import io.convoke.actors.xmpp.SessionStanzas;
import io.convoke.actors.xmpp.login.LoginAnswerer;
import io.convoke.actors.xmpp.session.SessionContext;
import io.convoke.actors.xmpp.session.XmppSessions;
import io.convoke.media.sfu.Sfu;
import io.convoke.media.xmpp.dial.StreamDialer;
import io.convoke.node.settings.NodeSettings;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Starts the callbridge's end of XMPP: its logins, and its sessions with XMPP servers. */
final class XmppCallbridgeStart {
    /** What of the callbridge it takes. */
    @SuppressWarnings("ArrayRecordComponent")
    record Ports(Administration administration, CredentialStore credentials, Sfu sfu, byte[] decoySecret) {}

    private XmppCallbridgeStart() {}

    /** The sessions; told of the node's own XMPP server by whoever starts that. */
    static ActorRef<XmppSessions.Command> start(
            ActorSystem<Guardian.Command> system,
            NodeParts parts,
            NodeSettings settings,
            UUID callbridge,
            Resources resources,
            Ports ports)
            throws StartFailure {
        Executor blocking = system.dispatchers().lookup(DispatcherSelector.fromConfig("convoke.blocking-dispatcher"));
        StreamDialer dialer =
                resources.add(new StreamDialer(settings.xmppCallbridge().maxQueuedBytes()));
        XmppOwnTls tls = XmppOwnTls.of(settings, true, blocking);
        LoginAnswerer.Ports logins = new LoginAnswerer.Ports(
                parts.context(),
                ports.administration().users(),
                ports.credentials(),
                new PasscodeThrottle(ActorSettings.passcodes(settings.passcodes())),
                blocking,
                ports.decoySecret(),
                () -> ports.sfu().stats().sessions(),
                settings.media().maxSessions());
        ActorRef<XmppSessions.Command> sessions = Guardian.run(system, guardian -> {
            LoginAnswerer answerer = LoginAnswerer.start(
                    guardian,
                    settings.xmppLogins()
                            .callbridge(callbridge, settings.guests().jwtExpiryHours()),
                    logins);
            CoordinatedShutdown.get(system)
                    .addTask(
                            CoordinatedShutdown.PhaseBeforeServiceUnbind(),
                            "end-xmpp-logins",
                            () -> answerer.stop().handle((done, failure) -> Done.getInstance()));
            return guardian.spawn(
                    XmppSessions.create(
                            XmppCallbridgeSettings.sessions(settings.xmppCallbridge()),
                            ports.administration().configurations(),
                            new SessionContext(
                                    callbridge,
                                    parts.context(),
                                    XmppCallbridgeSettings.resolver(settings.xmppCallbridge()),
                                    dialer,
                                    tls,
                                    SessionStanzas.of(answerer))),
                    "xmpp-sessions");
        });
        // After the logins, and before the servers go: a registration that its own side ends is no failure.
        CoordinatedShutdown.get(system)
                .addTask(
                        CoordinatedShutdown.PhaseServiceUnbind(),
                        "end-xmpp-sessions",
                        () -> CompletableFuture.supplyAsync(
                                () -> Guardian.run(system, guardian -> {
                                    guardian.stop(sessions);
                                    return Done.getInstance();
                                }),
                                blocking));
        return sessions;
    }
}
