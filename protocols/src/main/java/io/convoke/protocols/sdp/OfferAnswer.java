package io.convoke.protocols.sdp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answerer's part of offer/answer (RFC 3264 §6, RFC 8829 §5.3) for a server that is ICE-lite, takes the DTLS client's part and
 * carries everything in one bundle. First offers and later ones are treated alike: nothing is remembered in between.
 */
public final class OfferAnswer {
    private OfferAnswer() {}

    /** Reads an offer within {@link AnswerSpec#limits()} and answers it; never throws on the text's account. */
    public static AnswerResult answer(String offer, AnswerSpec spec) {
        SdpResult result = Sdp.parse(offer, spec.limits());
        return result instanceof Parsed parsed ? answer(parsed.sdp(), spec) : (Rejected) result;
    }

    /** Answers an offer that has been read; never throws on its account. */
    public static AnswerResult answer(Sdp offer, AnswerSpec spec) {
        var bundle = new Bundle(offer);
        Rejected wrong = bundle.check();
        List<SectionPlan> plans = new ArrayList<>();
        for (int i = 0; i < offer.sections().size() && wrong == null; i++) {
            MediaSection section = offer.sections().get(i);
            var reader = new SectionReader(i, section, Direction.of(section, offer), bundle.holds(section));
            plans.add(reader.read(spec.slotSsrc()));
            wrong = reader.wrong();
        }
        List<SectionPlan> accepted =
                plans.stream().filter(p -> p.section().accepted()).toList();
        if (wrong == null) {
            wrong = accepted.isEmpty() ? nothingUsable(offer) : sameSource(accepted);
        }
        var transport = new RemoteTransport(offer, bundle, accepted);
        wrong = wrong == null ? transport.check() : wrong;
        if (wrong != null) {
            return wrong;
        }
        var negotiated = new Negotiated(
                transport.ufrag(),
                transport.password(),
                transport.fingerprints(),
                plans.stream().map(SectionPlan::section).toList());
        return new Answered(AnswerWriter.write(spec, bundle, plans), negotiated);
    }

    private static Rejected nothingUsable(Sdp offer) {
        String kinds = String.join(
                ", ",
                offer.sections().stream()
                        .map(s -> s.media() + (s.stopped() ? " (stopped)" : ""))
                        .toList());
        return new Rejected(
                "nothingUsable",
                "at least one audio section with opus/48000/2 or video section with VP8/90000 in the BUNDLE group",
                kinds.isEmpty() ? "no media section" : kinds);
    }

    /** One SSRC in two sections would leave open where its packets belong (RFC 9143 §9.2). */
    private static @Nullable Rejected sameSource(List<SectionPlan> accepted) {
        Map<Integer, String> owners = new HashMap<>();
        for (SectionPlan plan : accepted) {
            for (int ssrc : plan.section().clientSends() ? plan.section().remoteSsrcs() : new int[0]) {
                String other = owners.put(ssrc, plan.section().mid());
                if (other != null) {
                    return new Rejected(
                            "duplicateSsrc",
                            "each SSRC in one sending section",
                            Integer.toUnsignedString(ssrc) + " in mid " + other + " and mid "
                                    + plan.section().mid());
                }
            }
        }
        return null;
    }
}
