package io.convoke.actors.callleg;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.convoke.media.sfu.MediaState;
import io.convoke.media.sfu.Slot;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the conference instance tells a call leg, inside {@link CallLeg.Anchor}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = FromAnchor.OfferAnswered.class, name = "answered"),
    @JsonSubTypes.Type(value = FromAnchor.OfferRefused.class, name = "refused"),
    @JsonSubTypes.Type(value = FromAnchor.MediaIs.class, name = "media"),
    @JsonSubTypes.Type(value = FromAnchor.SlotsAre.class, name = "slots"),
    @JsonSubTypes.Type(value = FromAnchor.SpeakingAre.class, name = "speaking"),
    @JsonSubTypes.Type(value = FromAnchor.RosterIs.class, name = "roster"),
    @JsonSubTypes.Type(value = FromAnchor.Beat.class, name = "beat"),
    @JsonSubTypes.Type(value = FromAnchor.Over.class, name = "over")
})
public sealed interface FromAnchor {
    /** The offer was taken. */
    record OfferAnswered(long offer, String sdp) implements FromAnchor {}

    /** The offer was refused; {@code code} is one of the client protocol's errors. */
    record OfferRefused(
            long offer,
            String code,
            String detail,
            @Nullable String expected,
            @Nullable String found) implements FromAnchor {}

    /** The peer connection got further. */
    record MediaIs(MediaState state, String detail) implements FromAnchor {}

    /** What comes on which of the client's media sections. */
    record SlotsAre(List<Slot> slots, int wantedAudio, int wantedVideo) implements FromAnchor {}

    /** Who is audible, loudest first. */
    record SpeakingAre(List<UUID> participants) implements FromAnchor {}

    /** Who is in. */
    record RosterIs(List<RosterEntry> participants) implements FromAnchor {}

    /** Nothing new; a leg that has moved learns that it lives. */
    record Beat() implements FromAnchor {}

    /** The call is over for this participant; {@code code} is one of the client protocol's {@code ended} codes. */
    record Over(String code, String detail) implements FromAnchor {}
}
