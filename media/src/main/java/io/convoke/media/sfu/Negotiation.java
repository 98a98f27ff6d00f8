package io.convoke.media.sfu;

import io.convoke.protocols.sdp.AnswerResult;
import io.convoke.protocols.sdp.AnswerSpec;
import io.convoke.protocols.sdp.Answered;
import io.convoke.protocols.sdp.Limits;
import io.convoke.protocols.sdp.Negotiated;
import io.convoke.protocols.sdp.OfferAnswer;
import io.convoke.protocols.sdp.Parsed;
import io.convoke.protocols.sdp.Rejected;
import io.convoke.protocols.sdp.Sdp;
import io.convoke.protocols.sdp.SdpResult;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One session's offers and answers: what stays the same over them, and what each changes. A refused offer changes nothing. */
final class Negotiation {
    private final SfuLoop loop;
    private final Session session;
    private final long sessionId;
    private final Limits limits;
    private long version;
    private IceCredentials own;
    private @Nullable Negotiated agreed;
    private Map<String, String> sources = Map.of();

    Negotiation(SfuLoop loop, Session session) {
        this.loop = loop;
        this.session = session;
        SfuSettings settings = loop.settings();
        limits = new Limits(
                settings.maxSdpBytes(),
                Limits.DEFAULT.maxLines(),
                Limits.DEFAULT.maxLineChars(),
                settings.maxSections());
        sessionId = loop.random().nextLong() >>> 2;
        own = IceCredentials.fresh(loop.random());
    }

    /** What was agreed on last; null before the first answer. */
    @Nullable
    Negotiated agreed() {
        return agreed;
    }

    OfferOutcome offer(String text, Map<String, String> asked) {
        SdpResult read = Sdp.parse(text, limits);
        if (read instanceof Rejected rejected) {
            return refuse(rejected);
        }
        Sdp offer = ((Parsed) read).sdp();
        IceCredentials credentials = own;
        AnswerResult result = OfferAnswer.answer(offer, spec(offer, credentials));
        boolean first = agreed == null;
        boolean restart = result instanceof Answered again && isRestart(again.negotiated());
        if (restart) { // RFC 8445 §9: an ICE restart changes the credentials of both sides
            credentials = IceCredentials.fresh(loop.random());
            result = OfferAnswer.answer(offer, spec(offer, credentials));
        }
        if (result instanceof Rejected rejected) {
            return refuse(rejected);
        }
        Answered answered = (Answered) result;
        OfferOutcome.Rejected wrong = check(answered.negotiated(), asked);
        if (wrong != null) {
            return wrong;
        }
        own = credentials;
        version++;
        Negotiated negotiated = answered.negotiated();
        agreed = negotiated;
        sources = SourceNames.resolve(negotiated.sections(), asked, sources);
        session.negotiated(negotiated, sources, first || restart ? credentials : null);
        return new OfferOutcome.Answered(answered.sdp());
    }

    private boolean isRestart(Negotiated now) {
        return agreed != null && !agreed.remoteUfrag().equals(now.remoteUfrag());
    }

    private OfferOutcome.@Nullable Rejected check(Negotiated now, Map<String, String> asked) {
        if (agreed != null && !agreed.remoteFingerprints().equals(now.remoteFingerprints())) {
            return new OfferOutcome.Rejected(
                    "certificateChanged",
                    "the certificate fingerprint of the session's first offer",
                    "another one; open a new session for a new peer connection");
        }
        return SourceNames.check(now.sections(), asked);
    }

    private AnswerSpec spec(Sdp offer, IceCredentials credentials) {
        return new AnswerSpec(
                credentials.ufrag(),
                credentials.pwd(),
                loop.identity().fingerprint(),
                loop.candidateLines(),
                sessionId,
                version + 1,
                session.cnameText(),
                index -> session.media().slotSsrc(mid(offer, index)),
                limits);
    }

    private static String mid(Sdp offer, int index) {
        String mid = offer.sections().get(index).mid();
        return mid == null ? "" : mid;
    }

    private static OfferOutcome.Rejected refuse(Rejected rejected) {
        return new OfferOutcome.Rejected(rejected.code(), rejected.expected(), rejected.found());
    }
}
