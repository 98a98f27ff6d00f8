package io.convoke.actors.webbridge;

import io.convoke.actors.c2w.C2wFailure;
import io.convoke.actors.c2w.C2wMessage;
import io.convoke.actors.c2w.SessionToken;
import io.convoke.actors.trace.Facility;
import io.convoke.actors.trace.Ids;
import io.convoke.actors.trace.Journal;
import io.convoke.actors.trace.Severity;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The edge's lines in the log, in the wording that log tooling greps for. */
final class EdgeWording {
    private static final String PROGRAM = "client_backend";

    private final Journal journal;

    EdgeWording(Journal journal) {
        this.journal = journal;
    }

    void joins(UUID session, String name) {
        audit("auditJoin", Ids.none().withSession(session), session, name + " performed action of join call");
    }

    void leaves(EdgeSession session) {
        SessionToken token = session.token;
        audit(
                "auditLeave",
                session.ids(),
                token.session(),
                token.name() + "(" + token.participant() + ") performed action of leave call");
    }

    void authenticated(EdgeSession session) {
        SessionToken token = session.token;
        journal.record(
                Facility.USER,
                Severity.INFO,
                PROGRAM,
                "sessionAuthenticated",
                session.ids(),
                "WebSocket : Got authenticated JWT for " + token.user() + " callbridge " + token.callbridge() + " call "
                        + token.call() + " participant " + token.participant() + " tracing "
                        + (token.tracing() ? 1 : 0));
    }

    void connected(C2wMessage.Hello hello) {
        link(
                Severity.INFO,
                "c2wLinkUp",
                Ids.none().withCallbridge(hello.callbridge()),
                "C2W : callbridge " + hello.callbridge() + " (" + hello.node() + ") is connected");
    }

    void gone(C2wMessage.@Nullable Hello hello, C2wFailure why) {
        link(
                Severity.WARNING,
                "c2wLinkDown",
                hello == null ? Ids.none() : Ids.none().withCallbridge(hello.callbridge()),
                "C2W : a callbridge's link is gone (" + why.reason() + "): " + why.words());
    }

    /** A link that ended in order. */
    void left(C2wMessage.@Nullable Hello hello, String who) {
        link(
                Severity.INFO,
                "c2wLinkDown",
                hello == null ? Ids.none() : Ids.none().withCallbridge(hello.callbridge()),
                "C2W : a callbridge's link is closed: " + who + " is being stopped");
    }

    void turnedAway(C2wFailure why) {
        link(
                Severity.WARNING,
                "c2wTurnedAway",
                Ids.none(),
                "C2W : a callbridge was turned away (" + why.reason() + "): " + why.words());
    }

    private void link(Severity severity, String step, Ids ids, String text) {
        journal.record(Facility.USER, severity, PROGRAM, step, ids, text);
    }

    private void audit(String step, Ids ids, UUID session, String what) {
        journal.record(
                Facility.LOCAL0,
                Severity.INFO,
                PROGRAM,
                step,
                ids,
                "WebApp Audit : Session: " + session + " : Participant " + what);
    }
}
