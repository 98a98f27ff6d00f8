package io.convoke.actors.webbridge;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import io.convoke.actors.c2w.C2wMessage;
import io.convoke.actors.c2w.SessionToken;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Opens, carries and ends the web bridge's sessions. For the web bridge's own thread. */
final class SessionDesk {
    /** How long a session without a client is remembered for its last audit line. */
    private static final Duration MEMORY = Duration.ofSeconds(60);

    private final ActorContext<Webbridge.Command> context;
    private final TimerScheduler<Webbridge.Command> timers;
    private final EdgeWording wording;
    private final RelayGuests guests;
    private final EdgeSessions sessions = new EdgeSessions();

    /** Clients that have their last words, until their WebSocket is closed. */
    private final Set<ActorRef<ToClient>> closing = new HashSet<>();

    SessionDesk(
            ActorContext<Webbridge.Command> context,
            TimerScheduler<Webbridge.Command> timers,
            EdgeWording wording,
            RelayGuests guests) {
        this.context = context;
        this.timers = timers;
        this.wording = wording;
        this.guests = guests;
    }

    int size() {
        return sessions.size();
    }

    void open(Webbridge.OpenSession open, TokenDesk.Opened verdict) {
        SessionToken token = verdict.token();
        EdgeSession former = sessions.of(token.participant());
        if (former != null) {
            finish(former, LastWords.of("replaced", "Another connection took over."), false);
        }
        EdgeSession session = new EdgeSession(UUID.randomUUID(), token, verdict.link(), open.client());
        sessions.add(session);
        guests.opened(token.participant());
        wording.authenticated(session);
        context.watchWith(open.client(), new Webbridge.ClientGone(session.connection, "the WebSocket ended"));
        open.replyTo().tell(new SessionOutcome.SessionAccepted(session.connection, token.participant()));
        session.link.connection.send(new C2wMessage.SessionOpened(
                token.participant(), token.user(), session.connection, token.session(), token.space()));
    }

    void fromClient(Webbridge.FromClient message) {
        EdgeSession session = sessions.at(message.connection());
        if (session == null || session.client == null) {
            return;
        }
        UUID participant = session.token.participant();
        if (LastWords.isLeave(message.text())) {
            session.leaveLogged = true;
            wording.leaves(session);
            session.link.connection.send(
                    new C2wMessage.SessionClosed(participant, session.connection, "the client left", true));
            forgetLater(session);
        } else {
            session.link.connection.send(new C2wMessage.SessionUp(participant, session.connection, message.text()));
        }
    }

    void gone(Webbridge.ClientGone gone) {
        EdgeSession session = sessions.at(gone.connection());
        if (session == null || session.client == null) {
            return;
        }
        context.unwatch(session.client);
        session.client = null;
        if (!session.leaveLogged) {
            session.link.connection.send(new C2wMessage.SessionClosed(
                    session.token.participant(), session.connection, gone.reason(), false));
        }
        forgetLater(session);
    }

    private void forgetLater(EdgeSession session) {
        timers.startSingleTimer(session.connection, new Webbridge.ForgetSession(session.connection), MEMORY);
    }

    void forget(UUID connection) {
        EdgeSession session = sessions.at(connection);
        if (session != null) {
            finish(session, LastWords.of("timeout", "The callbridge did not end the call in time."), false);
            guests.over(session.token.participant());
        }
    }

    void down(C2wMessage.SessionDown down, LinkTable.Link link) {
        EdgeSession session = sessions.of(down.participant(), link);
        if (session != null && session.client != null) {
            session.client.tell(new ToClient.Text(down.text()));
        }
    }

    void end(C2wMessage.SessionEnd end, LinkTable.Link link) {
        EdgeSession session = sessions.of(end.participant(), link);
        if (session != null) {
            finish(session, LastWords.of(end.code(), end.detail()), !end.code().equals("unknownParticipant"));
        }
        if (session != null || sessions.of(end.participant()) == null) {
            guests.over(end.participant());
        }
    }

    /** The sessions of a link that is gone; the calls may go on. */
    void lost(LinkTable.Link link) {
        ToClient.Last words = LastWords.error(
                "callbridgeUnavailable",
                "The link to the callbridge is gone. Connect again.",
                LastWords.CALLBRIDGE_LOST);
        sessions.on(link).forEach(session -> {
            finish(session, words, false);
            guests.lost(session.token.participant());
        });
    }

    /** Every call is over. */
    void endAll(ToClient.Last words) {
        List.copyOf(sessions.all()).forEach(session -> finish(session, words, true));
    }

    /** A client's WebSocket is closed after its last words. */
    void closed(ActorRef<ToClient> client) {
        closing.remove(client);
    }

    /** Whether everybody who was told last words has got them. */
    boolean allClosed() {
        return closing.isEmpty();
    }

    private void finish(EdgeSession session, ToClient.Last words, boolean callIsOver) {
        sessions.remove(session);
        timers.cancel(session.connection);
        if (callIsOver && !session.leaveLogged) {
            wording.leaves(session);
        }
        ActorRef<ToClient> client = session.client;
        if (client != null) {
            session.client = null;
            context.unwatch(client);
            closing.add(client);
            context.watchWith(client, new Webbridge.ClientClosed(client));
            client.tell(words);
        }
    }
}
