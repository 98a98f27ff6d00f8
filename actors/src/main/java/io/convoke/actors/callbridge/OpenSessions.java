package io.convoke.actors.callbridge;

import akka.actor.typed.ActorRef;
import io.convoke.actors.c2w.C2wMessage;
import io.convoke.actors.callleg.CallLeg;
import io.convoke.actors.callleg.ToEntry;
import io.convoke.actors.conference.ConferenceCommand;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/** The sessions that came in over one C2W link, and what their call legs are told of them. For the link's own thread. */
final class OpenSessions {
    /** A client's present connection, and the space its conference is found by. */
    private record Session(UUID connection, UUID space) {}

    private final Entities entities;
    private final ActorRef<ToEntry> entry;
    private final Map<UUID, Session> byParticipant = new HashMap<>();

    /** {@code entry}: where call legs answer. */
    OpenSessions(Entities entities, ActorRef<ToEntry> entry) {
        this.entities = entities;
        this.entry = entry;
    }

    void opened(C2wMessage.SessionOpened opened) {
        byParticipant.put(opened.participant(), new Session(opened.connection(), opened.space()));
        entities.leg(opened.participant()).tell(new CallLeg.SessionOpened(opened.connection(), entry));
    }

    /** False: no such participant has a session here. */
    boolean up(C2wMessage.SessionUp up) {
        if (!byParticipant.containsKey(up.participant())) {
            return false;
        }
        entities.leg(up.participant()).tell(new CallLeg.SessionUp(up.connection(), entry, up.text()));
        return true;
    }

    void closed(C2wMessage.SessionClosed closed) {
        Session session = byParticipant.get(closed.participant());
        if (session != null && session.connection().equals(closed.connection())) {
            byParticipant.remove(closed.participant());
        }
        entities.leg(closed.participant())
                .tell(new CallLeg.SessionClosed(closed.connection(), closed.reason(), closed.left()));
    }

    /** The call leg ends a session; false where that is one which another connection has replaced since. */
    boolean ended(ToEntry.End end) {
        Session session = byParticipant.get(end.participant());
        if (session != null
                && !session.connection().equals(end.connection())
                && !end.connection().equals(end.participant())) {
            return false;
        }
        byParticipant.remove(end.participant());
        return true;
    }

    /** A leg's entity has lost its memory: its conference reminds it. */
    void remind(UUID participant) {
        Session session = byParticipant.get(participant);
        if (session != null) {
            entities.conference(session.space()).tell(new ConferenceCommand.RemindLeg(participant));
        }
    }

    void probe() {
        byParticipant.forEach((participant, session) ->
                entities.leg(participant).tell(new CallLeg.Probe(session.connection(), entry)));
    }

    /** The link broke; the clients may come back. */
    void lost() {
        closeAll(participant -> {}, connection -> new CallLeg.SessionClosed(connection, "the C2W link is gone", false));
    }

    /** One of the link's ends is being stopped: the calls are over. {@code each} is told every participant. */
    void over(String detail, Consumer<UUID> each) {
        closeAll(each, connection -> new CallLeg.EntryStops(connection, Stopping.CODE, detail));
    }

    private void closeAll(Consumer<UUID> each, Function<UUID, CallLeg.Command> words) {
        byParticipant.forEach((participant, session) -> {
            entities.leg(participant).tell(words.apply(session.connection()));
            each.accept(participant);
        });
        byParticipant.clear();
    }

    int size() {
        return byParticipant.size();
    }
}
