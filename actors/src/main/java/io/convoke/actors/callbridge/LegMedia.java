package io.convoke.actors.callbridge;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.convoke.actors.callleg.FromAnchor;
import io.convoke.actors.callleg.ToAnchor;
import io.convoke.media.sfu.MediaState;
import io.convoke.media.sfu.OfferOutcome;
import io.convoke.media.sfu.SessionSnapshot;
import io.convoke.media.sfu.SfuConference;
import io.convoke.media.sfu.SfuFull;
import io.convoke.media.sfu.SfuSession;
import io.convoke.media.sfu.SfuSessionListener;
import io.convoke.media.sfu.Slot;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Between an instance's actor and the media plane. What comes on the event loop is handed over as a message at once; what a message means is decided on
 * the actor's turn.
 */
final class LegMedia {
    /** Handed over from the event loop. {@code generation} tells callbacks of a session that was replaced apart. */
    sealed interface Command extends ConferenceInstance.Command {
        @Nullable
        UUID participant();
    }

    record OfferDone(
            UUID participant,
            int generation,
            long offer,
            Map<String, String> sources,
            @Nullable OfferOutcome outcome) implements Command {}

    record StateIs(UUID participant, int generation, MediaState state, String detail) implements Command {}

    record SlotsAre(UUID participant, int generation, List<Slot> slots, int wantedAudio, int wantedVideo)
            implements Command {}

    record FirstMedia(UUID participant, int generation, String kind) implements Command {}

    record Speaking(List<UUID> participants) implements Command {
        @Override
        public @Nullable UUID participant() {
            return null;
        }
    }

    record Snapshot(
            UUID participant,
            ActorRef<ToAnchor.Description> replyTo,
            @Nullable SessionSnapshot snapshot) implements Command {}

    /** What the instance has to do beyond this. */
    enum Effect {
        NONE,
        ROSTER,
        SPEAKING,
        FAILED
    }

    private final ActorContext<ConferenceInstance.Command> context;
    private final ActorRef<ConferenceInstance.Command> self;
    private final SfuConference room;
    private final AtomicInteger callNumbers;
    private boolean closed;

    LegMedia(ActorContext<ConferenceInstance.Command> context, SfuConference room, AtomicInteger callNumbers) {
        this.context = context;
        this.self = context.getSelf();
        this.room = room;
        this.callNumbers = callNumbers;
        ActorRef<ConferenceInstance.Command> to = self;
        room.onSpeaking(participants -> to.tell(new Speaking(List.copyOf(participants))));
    }

    void offer(HostedLeg leg, ToAnchor.Offer offer) {
        if (!leg.isAllocated()) {
            leg.allocate(callNumbers.incrementAndGet());
        }
        SfuSession session = leg.session();
        if (session == null) {
            int generation = leg.nextGeneration();
            try {
                session = room.openSession(offer.participant(), listener(offer.participant(), generation));
                leg.open(session);
            } catch (SfuFull full) {
                leg.tell(new FromAnchor.OfferRefused(
                        offer.offer(),
                        "callbridgeUnavailable",
                        "The callbridge has no room for another media session. Try again when somebody has left.",
                        null,
                        null));
                return;
            }
        }
        int generation = leg.generation();
        context.pipeToSelf(
                session.offer(offer.sdp(), offer.sources()),
                (outcome, failure) ->
                        new OfferDone(offer.participant(), generation, offer.offer(), offer.sources(), outcome));
    }

    private SfuSessionListener listener(UUID participant, int generation) {
        ActorRef<ConferenceInstance.Command> to = self;
        return new SfuSessionListener() {
            @Override
            public void mediaState(MediaState state, String detail) {
                to.tell(new StateIs(participant, generation, state, detail));
            }

            @Override
            public void slots(List<Slot> slots, int wantedAudio, int wantedVideo) {
                to.tell(new SlotsAre(participant, generation, List.copyOf(slots), wantedAudio, wantedVideo));
            }

            @Override
            public void firstMedia(String kind) {
                to.tell(new FirstMedia(participant, generation, kind));
            }
        };
    }

    Effect on(Command command, @Nullable HostedLeg leg) {
        if (command instanceof Snapshot snapshot) {
            snapshot.replyTo()
                    .tell(new ToAnchor.Description(
                            snapshot.participant(),
                            snapshot.snapshot() == null
                                    ? MediaDescription.none("the media did not answer")
                                    : MediaDescription.of(snapshot.snapshot(), leg == null ? 0 : leg.callNumber())));
            return Effect.NONE;
        }
        if (command instanceof Speaking) {
            return Effect.SPEAKING;
        }
        return leg == null ? Effect.NONE : onLeg(command, leg);
    }

    private static Effect onLeg(Command command, HostedLeg leg) {
        if (command instanceof OfferDone done && done.generation() == leg.generation()) {
            return onOffer(done, leg);
        }
        if (command instanceof StateIs is && is.generation() == leg.generation()) {
            leg.media(is.state(), is.detail());
            if (is.state() == MediaState.FAILED) {
                leg.tell(new FromAnchor.MediaIs(is.state(), is.detail()));
                return Effect.FAILED;
            }
            if (is.state() == MediaState.CLOSED) {
                // The client may offer again, on a new session.
                leg.close();
            }
            leg.tell(new FromAnchor.MediaIs(is.state(), is.detail()));
        } else if (command instanceof SlotsAre are && are.generation() == leg.generation()) {
            leg.tell(new FromAnchor.SlotsAre(are.slots(), are.wantedAudio(), are.wantedVideo()));
        } else if (command instanceof FirstMedia first && first.generation() == leg.generation()) {
            leg.firstMedia(first.kind());
        }
        return Effect.NONE;
    }

    private static Effect onOffer(OfferDone done, HostedLeg leg) {
        if (done.outcome() instanceof OfferOutcome.Answered answered) {
            leg.answered();
            leg.tell(new FromAnchor.OfferAnswered(done.offer(), answered.sdp()));
            return leg.share(done.sources()) ? Effect.ROSTER : Effect.NONE;
        }
        if (done.outcome() instanceof OfferOutcome.Rejected rejected) {
            leg.refused(rejected);
            leg.tell(new FromAnchor.OfferRefused(
                    done.offer(),
                    "badOffer",
                    "The offer was refused: expected " + rejected.expected() + ", but found " + rejected.found() + ".",
                    rejected.expected(),
                    rejected.found()));
            return Effect.NONE;
        }
        leg.tell(new FromAnchor.OfferRefused(
                done.offer(), "internalError", "The offer could not be answered. Offer again.", null, null));
        return Effect.NONE;
    }

    void describe(@Nullable HostedLeg leg, ToAnchor.Describe describe) {
        SfuSession session = leg == null ? null : leg.session();
        if (session == null) {
            String why = leg == null ? "the leg is not here" : "no offer was taken yet";
            describe.replyTo().tell(new ToAnchor.Description(describe.participant(), MediaDescription.none(why)));
            return;
        }
        context.pipeToSelf(
                session.snapshot(),
                (snapshot, failure) -> new Snapshot(describe.participant(), describe.replyTo(), snapshot));
    }

    void close() {
        if (!closed) {
            closed = true;
            room.close();
        }
    }
}
