package io.convoke.actors.callbridge;

import akka.actor.typed.ActorRef;
import akka.actor.typed.RecipientRef;
import io.convoke.actors.callleg.CallLeg;
import io.convoke.actors.callleg.FromAnchor;
import io.convoke.actors.callleg.LegDetails;
import io.convoke.actors.callleg.RosterEntry;
import io.convoke.actors.callleg.ToAnchor;
import io.convoke.actors.callleg.ToEntry;
import io.convoke.actors.trace.Facility;
import io.convoke.actors.trace.Ids;
import io.convoke.actors.trace.Journal;
import io.convoke.actors.trace.Severity;
import io.convoke.media.sfu.MediaState;
import io.convoke.media.sfu.OfferOutcome;
import io.convoke.media.sfu.SfuSession;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A leg's part on the callbridge that hosts it: its media session and its lines in the log. Belongs to its instance's actor. */
final class HostedLeg {
    private static final String PROGRAM = "host:server";

    final LegDetails details;
    private final RecipientRef<CallLeg.Command> entity;
    private final ActorRef<ToAnchor> anchor;
    private final Journal journal;
    private @Nullable SfuSession session;
    private int generation;
    private int callNumber;
    private boolean joined;
    private boolean seen;
    private boolean audioMuted;
    private boolean videoMuted;
    private boolean sharing;
    private FromAnchor.@Nullable SlotsAre slots;
    private FromAnchor.@Nullable MediaIs mediaState;
    private @Nullable UUID connection;
    private @Nullable ActorRef<ToEntry> entry;

    HostedLeg(LegDetails details, RecipientRef<CallLeg.Command> entity, ActorRef<ToAnchor> anchor, Journal journal) {
        this.details = details;
        this.entity = entity;
        this.anchor = anchor;
        this.journal = journal;
    }

    void tell(FromAnchor event) {
        if (event instanceof FromAnchor.SlotsAre are) {
            slots = are;
        } else if (event instanceof FromAnchor.MediaIs is) {
            mediaState = is;
        }
        entity.tell(new CallLeg.Anchor(anchor, event));
    }

    /** Says again what an entity that has lost its memory may have missed. */
    void tellAgain() {
        if (mediaState != null) {
            tell(mediaState);
        }
        if (slots != null) {
            tell(slots);
        }
    }

    /** The client's connection came, or went (null). Answers whether the others see the participant only now. */
    boolean attached(@Nullable UUID to, @Nullable ActorRef<ToEntry> through) {
        connection = to;
        entry = through;
        boolean first = !seen && to != null;
        seen = seen || first;
        return first;
    }

    @Nullable
    UUID connection() {
        return connection;
    }

    @Nullable
    ActorRef<ToEntry> entry() {
        return entry;
    }

    /** Whether the client has ever opened its session, and so belongs on the roster. */
    boolean seen() {
        return seen;
    }

    RosterEntry rosterEntry() {
        return new RosterEntry(
                details.participant(), details.name(), audioMuted, videoMuted, sharing, details.joinedAt());
    }

    /** Answers whether the others see a difference. */
    boolean presence(@Nullable Boolean audio, @Nullable Boolean video) {
        boolean nowAudio = audio == null ? audioMuted : audio;
        boolean nowVideo = video == null ? videoMuted : video;
        boolean changed = nowAudio != audioMuted || nowVideo != videoMuted;
        audioMuted = nowAudio;
        videoMuted = nowVideo;
        if (session != null) {
            session.mute(audioMuted, videoMuted);
        }
        return changed;
    }

    boolean share(Map<String, String> sources) {
        boolean now = sources.containsValue("screen");
        boolean changed = now != sharing;
        sharing = now;
        return changed;
    }

    /** Before the first offer goes to the media; {@code number} is the next free call number. */
    void allocate(int number) {
        callNumber = number;
        say("callAllocated", MeetingWording.call(number, MeetingWording.allocated(details)));
        say("callConfigured", MeetingWording.call(number, "configured - API call leg " + details.participant()));
        say("callControlState", MeetingWording.call(number, "ActiveControlState change, unknown -> unknown"));
        say(
                "callRtpSetup",
                MeetingWording.call(number, "setting up combined RTP session for DTLS (combined media and control)"));
    }

    boolean isAllocated() {
        return callNumber > 0;
    }

    int callNumber() {
        return callNumber;
    }

    void refused(OfferOutcome.Rejected rejected) {
        journal.record(
                Facility.USER,
                Severity.WARNING,
                PROGRAM,
                "offerRefused",
                ids(),
                MeetingWording.call(
                        callNumber,
                        "offer refused (" + rejected.code() + "): expected " + rejected.expected() + ", but found "
                                + rejected.found()));
    }

    /** After the media has answered an offer; only the first one is news. */
    void answered() {
        if (joined) {
            return;
        }
        joined = true;
        say("callControlState", MeetingWording.call(callNumber, "ActiveControlState change, unknown -> inactive"));
        say(
                "callControlFinality",
                MeetingWording.call(callNumber, "ActiveControlState finality change (inactive, final=1)"));
        audit("joinedSpace", MeetingWording.joinedSpace(details));
        say("joinedConference", MeetingWording.joinedConference(details));
    }

    void media(MediaState state, String detail) {
        switch (state) {
            case CONNECTING ->
                say(
                        "dtlsStarting",
                        MeetingWording.call(callNumber, "starting DTLS combined media negotiation (as initiator)"));
            case CONNECTED ->
                say("mediaConnected", MeetingWording.call(callNumber, "media connected (" + detail + ")"));
            case FAILED ->
                journal.record(
                        Facility.USER,
                        Severity.WARNING,
                        PROGRAM,
                        "mediaFailed",
                        ids(),
                        MeetingWording.call(callNumber, "media failed: " + detail));
            case CLOSED -> say("mediaClosed", MeetingWording.call(callNumber, "media closed (" + detail + ")"));
            case NEW -> {}
        }
    }

    void firstMedia(String kind) {
        say("firstMedia", MeetingWording.call(callNumber, "first " + kind + " packet received"));
    }

    /** The present session; callbacks of an earlier one carry an older generation. */
    @Nullable
    SfuSession session() {
        return session;
    }

    int generation() {
        return generation;
    }

    int nextGeneration() {
        return ++generation;
    }

    void open(SfuSession opened) {
        session = opened;
        opened.mute(audioMuted, videoMuted);
    }

    /** Frees the media; the leg may offer again. */
    void close() {
        generation++;
        if (session != null) {
            session.close();
            session = null;
        }
    }

    /** The leg is over: its lines in the order that log tooling knows, up to the guest account's. */
    void leave() {
        say("userDeactivating", MeetingWording.deactivating(details));
        if (isAllocated()) {
            say(
                    "callTearingDown",
                    MeetingWording.call(callNumber, "tearing down (\"" + details.user() + "\" conference media)"));
        }
        close();
        if (isAllocated()) {
            say("callDestroying", MeetingWording.call(callNumber, "destroying API call leg " + details.participant()));
        }
        if (joined) {
            audit("leftSpace", MeetingWording.leftSpace(details));
        }
    }

    Ids ids() {
        return callNumber == 0 ? details.ids() : details.ids().withCallNumber(callNumber);
    }

    private void say(String step, String text) {
        journal.record(step, ids(), text);
    }

    private void audit(String step, String text) {
        journal.record(Facility.LOCAL0, Severity.INFO, PROGRAM, step, ids(), text);
    }
}
