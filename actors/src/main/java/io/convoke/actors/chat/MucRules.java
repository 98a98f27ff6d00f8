package io.convoke.actors.chat;

import io.convoke.actors.space.Space;
import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.StanzaCondition;
import io.convoke.protocols.xmpp.Stanzas;
import io.convoke.protocols.xmpp.xml.Element;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a room makes of a stanza (XEP-0045 §7, as an occupant sees it). Decides and changes nothing. */
final class MucRules {
    /** In an error from a client's server: that client is not there any more (as XEP-0045 §7.14 has it). */
    private static final Set<StanzaCondition> GONE = Set.of(
            StanzaCondition.GONE,
            StanzaCondition.INTERNAL_SERVER_ERROR,
            StanzaCondition.ITEM_NOT_FOUND,
            StanzaCondition.JID_MALFORMED,
            StanzaCondition.RECIPIENT_UNAVAILABLE,
            StanzaCondition.REMOTE_SERVER_NOT_FOUND,
            StanzaCondition.REMOTE_SERVER_TIMEOUT,
            StanzaCondition.SERVICE_UNAVAILABLE);

    private static final MucDecision NOTHING = new MucDecision.Nothing();

    private final ChatSettings settings;

    MucRules(ChatSettings settings) {
        this.settings = settings;
    }

    /** {@code passcodeHolds}: the stanza carries the space's passcode, or none is needed. */
    MucDecision decide(Space space, boolean locked, Occupants occupants, Element stanza, boolean passcodeHolds) {
        Optional<Jid> from = Jid.parse(stanza.attribute("from"));
        Optional<Jid> to = Jid.parse(stanza.attribute("to"));
        if (from.isEmpty() || to.isEmpty() || !Stanzas.isStanza(stanza)) {
            return NOTHING;
        }
        Occupant occupant = occupants.client(from.get());
        if (stanza.name().equals("iq")) {
            return new MucQueries(space, occupants).answer(stanza, to.get(), occupant);
        }
        if ("error".equals(stanza.attribute("type"))) {
            return occupant != null && saysGone(stanza) ? new MucDecision.Leave(occupant, null, true) : NOTHING;
        }
        if (stanza.name().equals("message")) {
            return occupant == null
                    ? refuse(stanza, StanzaCondition.NOT_ACCEPTABLE, "Only who is in the room may write to it.")
                    : message(occupants, stanza, to.get(), occupant);
        }
        if (occupant != null) {
            return presence(occupants, stanza, to.get(), occupant);
        }
        return stanza.attribute("type") == null
                ? enter(space, locked, occupants, stanza, from.get(), to.get(), passcodeHolds)
                : NOTHING;
    }

    /** Whether the stanza counts as something that its sender says. Leaving never does. */
    static boolean isCounted(Element stanza) {
        String type = stanza.attribute("type");
        return stanza.name().equals("message")
                ? !"error".equals(type)
                : stanza.name().equals("presence") && type == null;
    }

    private MucDecision enter(
            Space space, boolean locked, Occupants occupants, Element stanza, Jid from, Jid to, boolean passcodeHolds) {
        Optional<Element> x = stanza.child("x", Namespaces.MUC);
        String nick = nick(to);
        if (nick == null) {
            return refuse(stanza, StanzaCondition.JID_MALFORMED, "Choose a nick: enter as " + to.bare() + "/nick.");
        } else if (x.isEmpty()) {
            return refuse(stanza, StanzaCondition.NOT_ACCEPTABLE, "You are not in the room: enter it first.");
        } else if (!from.isFull()) {
            return refuse(stanza, StanzaCondition.BAD_REQUEST, "Only a client with a full address can enter.");
        } else if (space.hasPasscode() && !passcodeHolds) {
            return refuse(stanza, StanzaCondition.NOT_AUTHORIZED, "The meeting's passcode is missing or wrong.");
        } else if (locked || space.locked()) {
            return refuse(
                    stanza,
                    StanzaCondition.FORBIDDEN,
                    "The meeting is locked. Ask somebody inside, or whoever invited you, to unlock it.");
        } else if (occupants.isTaken(nick, from)) {
            return refuse(stanza, StanzaCondition.CONFLICT, "Somebody in the meeting has that name already.");
        } else if (occupants.clients().size() >= settings.mostOccupants()) {
            return refuse(
                    stanza,
                    StanzaCondition.SERVICE_UNAVAILABLE,
                    "The room has reached its limit of " + settings.mostOccupants() + " people by XMPP.");
        }
        return new MucDecision.Enter(
                new Occupant(nick, from, to.bare(), MucStanzas.sayingOf(stanza)),
                !nick.equals(to.resource()),
                HistoryWish.of(x.get()));
    }

    private static MucDecision presence(Occupants occupants, Element stanza, Jid to, Occupant occupant) {
        String type = stanza.attribute("type");
        if ("unavailable".equals(type)) {
            String status =
                    stanza.child("status", Namespaces.CLIENT).map(Element::text).orElse(null);
            return new MucDecision.Leave(occupant, status, false);
        } else if (type != null) {
            return NOTHING;
        }
        String nick = nick(to);
        if (nick == null) {
            return refuse(stanza, StanzaCondition.JID_MALFORMED, "Expected the room's address with a nick.");
        }
        Occupant after = occupant.withPresence(MucStanzas.sayingOf(stanza));
        Optional<Element> x = stanza.child("x", Namespaces.MUC);
        if (nick.equals(occupant.nick())) {
            return x.isPresent()
                    ? new MucDecision.Enter(after, false, HistoryWish.of(x.get()))
                    : new MucDecision.Update(after);
        }
        if (occupants.isTaken(nick, occupant.address())) {
            return refuse(stanza, StanzaCondition.CONFLICT, "Somebody in the meeting has that name already.");
        }
        return new MucDecision.Rename(occupant, after.withNick(nick));
    }

    private MucDecision message(Occupants occupants, Element stanza, Jid to, Occupant occupant) {
        String text = ChatText.clean(body(stanza));
        if (ChatText.length(text) > settings.longestMessage()) {
            return refuse(
                    stanza,
                    StanzaCondition.POLICY_VIOLATION,
                    "A message may have " + settings.longestMessage() + " characters, but this one has "
                            + ChatText.length(text) + ".");
        }
        if (!"groupchat".equals(stanza.attribute("type"))) {
            return toOne(occupants, stanza, to, occupant);
        } else if (to.isFull()) {
            return refuse(
                    stanza, StanzaCondition.BAD_REQUEST, "A message of type groupchat goes to the room, not to one.");
        } else if (!text.isEmpty()) {
            return new MucDecision.Speak(occupant, text, stanza);
        } else if (stanza.child("subject", Namespaces.CLIENT).isPresent()) {
            return refuse(stanza, StanzaCondition.FORBIDDEN, "The room's subject is the meeting's name, and stays it.");
        }
        return new MucDecision.Pass(occupant, stanza);
    }

    private static MucDecision toOne(Occupants occupants, Element stanza, Jid to, Occupant occupant) {
        String nick = nick(to);
        if (nick == null) {
            return refuse(
                    stanza,
                    StanzaCondition.NOT_ALLOWED,
                    "The room takes messages of type groupchat only. Invite people with the meeting's link.");
        }
        Optional<Occupant> other = occupants.client(nick);
        if (other.isPresent()) {
            return new MucDecision.Whisper(occupant, other.get(), stanza);
        }
        return occupants.isTaken(nick, null)
                ? refuse(
                        stanza,
                        StanzaCondition.SERVICE_UNAVAILABLE,
                        nick + " is in the meeting with a browser, where there are no private messages.")
                : refuse(stanza, StanzaCondition.ITEM_NOT_FOUND, "Nobody in the room is called " + nick + ".");
    }

    /** The text in the stanza's own language, or the first. */
    private static String body(Element message) {
        return message.children()
                .filter(child -> child.is("body", Namespaces.CLIENT))
                .min(Comparator.comparing(child -> child.attribute("xml:lang") != null))
                .map(Element::text)
                .orElse("");
    }

    private static @Nullable String nick(Jid to) {
        String nick = to.resource() == null ? "" : to.resource().strip();
        return nick.isEmpty() ? null : nick;
    }

    private static boolean saysGone(Element stanza) {
        return stanza.name().equals("presence")
                || stanza.child("error", Namespaces.CLIENT).stream()
                        .flatMap(Element::children)
                        .anyMatch(child -> child.namespace().equals(Namespaces.STANZA_ERRORS)
                                && GONE.stream().anyMatch(gone -> gone.element().equals(child.name())));
    }

    static MucDecision refuse(Element stanza, StanzaCondition condition, String text) {
        return Stanzas.mayAnswerWithError(stanza)
                ? new MucDecision.Answer(Stanzas.error(stanza, condition, text))
                : NOTHING;
    }
}
