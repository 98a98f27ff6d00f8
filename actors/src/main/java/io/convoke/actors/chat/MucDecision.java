package io.convoke.actors.chat;

import io.convoke.protocols.xmpp.xml.Element;
import org.jspecify.annotations.Nullable;

/** What is to happen about a stanza. */
sealed interface MucDecision {
    /** Nobody hears of it. */
    record Nothing() implements MucDecision {}

    /** Only the sender is told. */
    record Answer(Element stanza) implements MucDecision {}

    /** In, or in again after the client has forgotten; {@code nickChanged}: it is not quite the nick that was asked for. */
    record Enter(Occupant occupant, boolean nickChanged, HistoryWish wish) implements MucDecision {}

    record Rename(Occupant before, Occupant after) implements MucDecision {}

    /** Its presence says something else. */
    record Update(Occupant after) implements MucDecision {}

    /** Out; {@code failed}: its client cannot be reached. */
    record Leave(Occupant occupant, @Nullable String status, boolean failed) implements MucDecision {}

    /** Said to everybody. */
    record Speak(Occupant occupant, String text, Element stanza) implements MucDecision {}

    /** To all XMPP occupants, and not kept: it has no text. */
    record Pass(Occupant occupant, Element stanza) implements MucDecision {}

    /** From one occupant to another. */
    record Whisper(Occupant from, Occupant to, Element stanza) implements MucDecision {}
}
