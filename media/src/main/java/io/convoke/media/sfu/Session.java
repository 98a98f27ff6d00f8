package io.convoke.media.sfu;

import io.convoke.protocols.dtls.DtlsResult;
import io.convoke.protocols.sdp.Negotiated;
import io.convoke.protocols.srtp.SrtpKeys;
import io.convoke.protocols.srtp.SrtpReceiver;
import io.convoke.protocols.srtp.SrtpSender;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One participant's peer connection from the first offer to its end. The public methods hand over to the event loop; everything else runs
 * on it. Whatever ends the session goes through {@link #end}, which frees all it held at once.
 */
final class Session implements SfuSession {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    /** Streams a client may send for each of its sections: one that restarts takes a new SSRC. */
    private static final int SSRCS_PER_SECTION = 4;

    private static final int LEAST_SSRCS = 256;

    private final SfuLoop loop;
    private final Conference conference;
    private final UUID participant;
    private final SfuSessionListener listener;
    private final String cnameText;
    private final byte[] cname;
    private final int rtcpSsrc;
    private final Negotiation negotiation;
    private final SessionMedia media;
    private final SessionIce ice;
    private final DtlsLink dtls;
    private final Talker talker;
    private final SessionTimers timers;
    private final SlotView slotView = new SlotView();

    private MediaState state = MediaState.NEW;
    private boolean audioMuted;
    private boolean videoMuted;
    private @Nullable SrtpSender srtpSender;
    private @Nullable SrtpReceiver srtpReceiver;
    private @Nullable DtlsResult secured;
    private @Nullable SessionSnapshot last;

    Session(SfuLoop loop, Conference conference, UUID participant, SfuSessionListener listener) {
        this.loop = loop;
        this.conference = conference;
        this.participant = participant;
        this.listener = listener;
        cnameText = IceCredentials.fresh(loop.random()).ufrag();
        cname = RtcpOut.cname(cnameText);
        rtcpSsrc = loop.random().nextInt();
        negotiation = new Negotiation(loop, this);
        media = new SessionMedia(this, loop.settings().resendCachePackets(), loop.random());
        ice = new SessionIce(loop, this);
        dtls = new DtlsLink(loop, this);
        talker = new Talker(participant);
        timers = new SessionTimers(loop, this);
    }

    @Override
    public CompletionStage<OfferOutcome> offer(String sdp, Map<String, String> sources) {
        Map<String, String> asked = Map.copyOf(sources);
        CompletableFuture<OfferOutcome> answer = new CompletableFuture<>();
        loop.execute(this, answer, () -> {
            if (ended()) {
                answer.complete(new OfferOutcome.Rejected("sessionEnded", "an open session", "one that is " + state));
            } else {
                answer.complete(negotiation.offer(sdp, asked));
                conference.reassign(this);
            }
        });
        return answer;
    }

    @Override
    public void mute(boolean audio, boolean video) {
        loop.execute(this, null, () -> {
            boolean audioBefore = audioMuted;
            boolean videoBefore = videoMuted;
            audioMuted = audio;
            videoMuted = video;
            for (IncomingStream stream : media.incoming()) {
                if (stream.video ? videoBefore != video : audioBefore != audio) {
                    stream.interrupt();
                    loop.wantKeyframe(stream);
                }
            }
            if (audio) {
                talker.silence();
            }
        });
    }

    @Override
    public CompletionStage<SessionSnapshot> snapshot() {
        CompletableFuture<SessionSnapshot> answer = new CompletableFuture<>();
        loop.execute(this, answer, () -> answer.complete(describe()));
        return answer;
    }

    @Override
    public void close() {
        loop.execute(this, null, this::release);
    }

    /** An offer was taken. {@code credentials} is not null where ICE begins or begins anew. */
    void negotiated(Negotiated agreed, Map<String, String> sources, @Nullable IceCredentials credentials) {
        if (credentials != null) {
            ice.begin(credentials, agreed.remoteUfrag(), agreed.remotePwd());
        }
        media.apply(agreed.sections(), sources);
    }

    /** The client has chosen a path. */
    void pathChosen() {
        Negotiated agreed = negotiation.agreed();
        if (state == MediaState.NEW && agreed != null) {
            turn(MediaState.CONNECTING, "Connectivity check from " + ice.remoteText() + ", DTLS handshake starts");
            dtls.start(agreed.remoteFingerprints());
        }
    }

    /** The DTLS handshake ended well. */
    void secured(DtlsResult result) {
        if (ended()) {
            return;
        }
        SrtpKeys keys = result.keys();
        secured = result;
        int ssrcs = Math.max(LEAST_SSRCS, SSRCS_PER_SECTION * loop.settings().maxSections());
        srtpSender = new SrtpSender(keys.profile(), keys.localKey(), keys.localSalt(), ssrcs);
        srtpReceiver = new SrtpReceiver(keys.profile(), keys.remoteKey(), keys.remoteSalt(), ssrcs);
        turn(MediaState.CONNECTED, result.protocol() + ", " + keys.profile());
        for (OutgoingStream slot : media.slots()) {
            loop.wantKeyframe(slot);
        }
    }

    void firstMedia(boolean video) {
        listener.firstMedia(video ? "video" : "audio");
    }

    void slots(List<Slot> slots, int wantedAudio, int wantedVideo) {
        listener.slots(slots, wantedAudio, wantedVideo);
    }

    /** Ends the session for a reason that its owner is told. */
    void end(MediaState how, String words) {
        if (!ended()) {
            state = how;
            LOG.debug("Session of participant {} ended as {}: {}", participant, how, words);
            release();
            listener.mediaState(how, words);
        }
    }

    private void turn(MediaState next, String words) {
        state = next;
        listener.mediaState(next, words);
    }

    /** Frees everything; the owner is not told. */
    void release() {
        if (last != null) {
            return;
        }
        state = state == MediaState.FAILED ? MediaState.FAILED : MediaState.CLOSED;
        last = describe();
        ice.close();
        dtls.close();
        media.close();
        srtpSender = null;
        srtpReceiver = null;
        conference.left(this);
        loop.closed(this);
    }

    private SessionSnapshot describe() {
        return last != null ? last : Snapshots.of(this, state, ice, secured, media);
    }

    /** Media that a slot sends; {@code packet[0, length)} stays as it is. */
    void sendRtp(byte[] packet, int length) {
        if (srtpSender != null) {
            int protectedLength = srtpSender.protectRtp(packet, 0, length, loop.out(), 0);
            if (protectedLength > 0) {
                ice.send(loop.out(), protectedLength);
            }
        }
    }

    void sendRtcp(byte[] packet, int length) {
        if (srtpSender != null) {
            int protectedLength = srtpSender.protectRtcp(packet, 0, length, loop.out(), 0);
            if (protectedLength > 0) {
                ice.send(loop.out(), protectedLength);
            }
        }
    }

    boolean connected() {
        return state == MediaState.CONNECTED;
    }

    boolean ended() {
        return state == MediaState.FAILED || state == MediaState.CLOSED;
    }

    MediaState state() {
        return state;
    }

    boolean negotiatedOnce() {
        return negotiation.agreed() != null;
    }

    UUID participant() {
        return participant;
    }

    boolean audioMuted() {
        return audioMuted;
    }

    boolean videoMuted() {
        return videoMuted;
    }

    SessionMedia media() {
        return media;
    }

    SessionIce ice() {
        return ice;
    }

    DtlsLink dtls() {
        return dtls;
    }

    Talker talker() {
        return talker;
    }

    SlotView slotView() {
        return slotView;
    }

    SessionTimers timers() {
        return timers;
    }

    @Nullable
    SrtpReceiver srtpReceiver() {
        return srtpReceiver;
    }

    int rtcpSsrc() {
        return rtcpSsrc;
    }

    byte[] cname() {
        return cname;
    }

    String cnameText() {
        return cnameText;
    }
}
