package io.convoke.actors.chat;

import io.convoke.actors.space.Space;
import io.convoke.actors.xmpp.StanzaRouter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the room's XMPP occupants what happens in it, in the order that XEP-0045 wants. For the room's own thread. */
final class MucFloor {
    private final Occupants occupants;
    private final StanzaRouter router;

    MucFloor(Occupants occupants, StanzaRouter router) {
        this.occupants = occupants;
        this.router = router;
    }

    /** Everybody's presence, its own last, what was said before, the subject (§7.1). */
    void entered(Space space, MucDecision.Enter enter, List<ChatMessage> before, Instant now) {
        Occupant newcomer = enter.occupant();
        for (String nick : occupants.participantNicks()) {
            router.route(MucStanzas.available(newcomer, nick, List.of()));
        }
        for (Occupant other : occupants.clients()) {
            if (!other.address().equals(newcomer.address())) {
                router.route(MucStanzas.available(newcomer, other.nick(), other.presence()));
                router.route(MucStanzas.available(other, newcomer.nick(), newcomer.presence()));
            }
        }
        router.route(
                enter.nickChanged()
                        ? MucStanzas.available(
                                newcomer,
                                newcomer.nick(),
                                newcomer.presence(),
                                MucStanzas.SELF,
                                MucStanzas.NICK_ASSIGNED)
                        : MucStanzas.available(newcomer, newcomer.nick(), newcomer.presence(), MucStanzas.SELF));
        enter.wish().of(before, now).forEach(message -> router.route(MucStanzas.before(newcomer, message)));
        router.route(MucStanzas.subject(newcomer, space.name()));
    }

    /** {@code who} is among the occupants still, with the new nick (§7.6). */
    void renamed(Occupant before, Occupant after) {
        for (Occupant each : occupants.clients()) {
            router.route(
                    isSame(each, after)
                            ? MucStanzas.renamed(
                                    each, before.nick(), after.nick(), MucStanzas.NICK_CHANGED, MucStanzas.SELF)
                            : MucStanzas.renamed(each, before.nick(), after.nick(), MucStanzas.NICK_CHANGED));
        }
        updated(after);
    }

    void updated(Occupant after) {
        for (Occupant each : occupants.clients()) {
            router.route(
                    isSame(each, after)
                            ? MucStanzas.available(each, after.nick(), after.presence(), MucStanzas.SELF)
                            : MucStanzas.available(each, after.nick(), after.presence()));
        }
    }

    /** {@code gone} is not among the occupants any more, and is told last (§7.14). */
    void left(Occupant gone, @Nullable String status, boolean failed) {
        for (Occupant each : occupants.clients()) {
            router.route(
                    failed
                            ? MucStanzas.unavailable(each, gone.nick(), status, MucStanzas.UNREACHABLE)
                            : MucStanzas.unavailable(each, gone.nick(), status));
        }
        if (!failed) {
            router.route(MucStanzas.unavailable(gone, gone.nick(), status, MucStanzas.SELF));
        }
    }

    void participantsChanged(Occupants.Change change) {
        for (Occupant each : occupants.clients()) {
            change.left().forEach(nick -> router.route(MucStanzas.unavailable(each, nick, null)));
            change.came().forEach(nick -> router.route(MucStanzas.available(each, nick, List.of())));
        }
    }

    void said(Saying saying) {
        occupants.clients().forEach(each -> router.route(MucStanzas.said(each, saying)));
    }

    void passed(MucDecision.Pass pass) {
        String nick = pass.occupant().nick();
        occupants.clients().forEach(each -> router.route(MucStanzas.passed(each, nick, pass.stanza())));
    }

    void whispered(MucDecision.Whisper whisper) {
        router.route(MucStanzas.whispered(whisper.to(), whisper.from().nick(), whisper.stanza()));
    }

    /** The room forgets who is in: its node stops. Clients enter again when they are told so. */
    void stopped() {
        for (Occupant each : occupants.clients()) {
            router.route(MucStanzas.unavailable(
                    each, each.nick(), "The chat moves to another node.", MucStanzas.SELF, MucStanzas.SERVICE_STOPS));
        }
    }

    private static boolean isSame(Occupant one, Occupant other) {
        return one.address().equals(other.address());
    }
}
