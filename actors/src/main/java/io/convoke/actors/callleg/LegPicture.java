package io.convoke.actors.callleg;

import io.convoke.media.sfu.MediaState;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the anchor last said of the meeting, in the client protocol's words: kept, so that a client that connects anew is told all of it. */
final class LegPicture {
    private final UUID participant;
    private final int mediaSections;
    private List<RosterEntry> roster = List.of();
    private @Nullable List<RosterEntry> told;
    private FromAnchor.@Nullable SlotsAre slots;
    private FromAnchor.MediaIs media = new FromAnchor.MediaIs(MediaState.NEW, "");
    private List<UUID> speaking = List.of();

    LegPicture(UUID participant, int mediaSections) {
        this.participant = participant;
        this.mediaSections = mediaSections;
    }

    /** An empty roster says nothing: the participant itself is missing in it. */
    void roster(List<RosterEntry> entries) {
        roster = entries.isEmpty() ? roster : entries;
    }

    /** Takes it in, and answers what the client is to be told of it; null: nothing. */
    @Nullable
    String take(FromAnchor event) {
        if (event instanceof FromAnchor.OfferAnswered answered) {
            return ServerMessages.answer(answered);
        }
        if (event instanceof FromAnchor.OfferRefused refused) {
            return ServerMessages.error(
                    refused.code(), refused.detail(), refused.expected(), refused.found(), refused.offer());
        }
        if (event instanceof FromAnchor.MediaIs is) {
            media = is;
            return ServerMessages.media(is);
        }
        if (event instanceof FromAnchor.SlotsAre are) {
            slots = are;
            return ServerMessages.slots(are);
        }
        if (event instanceof FromAnchor.SpeakingAre are) {
            speaking = are.participants();
            return ServerMessages.speaking(speaking);
        }
        if (event instanceof FromAnchor.RosterIs is) {
            roster = is.participants();
            return roster.equals(told) ? null : rosterMessage();
        }
        return null;
    }

    String rosterMessage() {
        told = roster;
        return ServerMessages.roster(roster, participant);
    }

    /** For a client that knows nothing yet: the welcome, then whatever there is to tell. */
    List<String> whole(@Nullable LegDetails leg) {
        List<String> messages = new ArrayList<>();
        if (leg != null) {
            List<RosterEntry> everybody = RosterJson.withSelf(roster, leg);
            messages.add(ServerMessages.welcome(leg, everybody, mediaSections));
            told = everybody;
        }
        if (media.state() != MediaState.NEW) {
            messages.add(ServerMessages.media(media));
        }
        if (slots != null) {
            messages.add(ServerMessages.slots(slots));
        }
        if (!speaking.isEmpty()) {
            messages.add(ServerMessages.speaking(speaking));
        }
        return messages;
    }

    FromAnchor.MediaIs media() {
        return media;
    }

    FromAnchor.@Nullable SlotsAre slots() {
        return slots;
    }

    int participants() {
        return roster.size();
    }
}
