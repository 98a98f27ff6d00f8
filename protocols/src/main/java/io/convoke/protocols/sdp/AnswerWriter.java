package io.convoke.protocols.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Puts an answer into lines (RFC 8829 §5.3.1). */
final class AnswerWriter {
    private static final int DISCARD_PORT = 9;

    private final AnswerSpec spec;
    private final List<String> bundled;
    private final List<String> candidates;
    private final int port;
    private final String connection;

    private AnswerWriter(AnswerSpec spec, List<String> bundled) {
        this.spec = spec;
        this.bundled = bundled;
        this.candidates = spec.candidateLines().stream()
                .map(line -> line.startsWith("a=") ? line.substring(2) : line)
                .map(line -> line.startsWith("candidate:") ? line.substring("candidate:".length()) : line)
                .toList();
        // The default destination is the best candidate (RFC 8839 §4.2.1.2); only ICE-less clients would ever use it.
        String[] best = candidates.isEmpty() ? new String[0] : candidates.get(0).split(" ", -1);
        int candidatePort = best.length > 5 ? Tokens.number(best[5], 65_535) : -1;
        this.port = candidatePort > 0 ? candidatePort : DISCARD_PORT;
        String address = candidatePort > 0 ? best[4] : "0.0.0.0";
        this.connection = (address.indexOf(':') < 0 ? "IN IP4 " : "IN IP6 ") + address;
    }

    static String write(AnswerSpec spec, Bundle bundle, List<SectionPlan> plans) {
        List<String> bundled = bundle.mids().stream()
                .filter(mid -> plans.stream()
                        .anyMatch(
                                p -> p.section().accepted() && p.section().mid().equals(mid)))
                .toList();
        var writer = new AnswerWriter(spec, bundled);
        var origin = new Origin("-", spec.sessionId(), spec.sessionVersion(), "IN IP4 0.0.0.0");
        List<Attribute> session =
                List.of(new Attribute("ice-lite", ""), new Attribute("group", "BUNDLE " + String.join(" ", bundled)));
        List<MediaSection> sections = plans.stream()
                .map(p -> p.section().accepted() ? writer.accepted(p) : refused(p.offered()))
                .toList();
        return new Sdp(origin, session, sections).write();
    }

    /** Transport attributes stand in every section: not all clients look for them in the first of the bundle only. */
    private MediaSection accepted(SectionPlan plan) {
        Section section = plan.section();
        List<Attribute> lines = new ArrayList<>();
        lines.add(new Attribute("ice-ufrag", spec.iceUfrag()));
        lines.add(new Attribute("ice-pwd", spec.icePwd()));
        lines.add(new Attribute("fingerprint", spec.fingerprint()));
        lines.add(new Attribute("setup", "active"));
        lines.add(new Attribute("mid", section.mid()));
        lines.add(new Attribute(plan.direction().attribute(), ""));
        lines.add(new Attribute("rtcp-mux", ""));
        lines.addAll(plan.codecLines());
        if (section.clientReceives()) {
            // A stream of its own for each slot: slots carry different people, which nobody should try to synchronise.
            lines.add(new Attribute("msid", "slot-" + section.index() + " slot-" + section.index()));
            lines.add(new Attribute("ssrc", Integer.toUnsignedString(section.slotSsrc()) + " cname:" + spec.cname()));
        }
        if (section.mid().equals(bundled.get(0))) {
            candidates.forEach(c -> lines.add(new Attribute("candidate", c)));
            lines.add(new Attribute("end-of-candidates", ""));
        }
        MediaSection offered = plan.offered();
        return new MediaSection(
                offered.media(),
                port,
                offered.protocol(),
                List.of(Integer.toString(section.payloadType())),
                connection,
                lines);
    }

    /** Port 0, out of the bundle, and one format with its name: an {@code m=} line cannot go without. */
    private static MediaSection refused(MediaSection offered) {
        String format = offered.formats().get(0);
        List<Attribute> lines = new ArrayList<>();
        if (offered.mid() != null) {
            lines.add(new Attribute("mid", Objects.requireNonNull(offered.mid())));
        }
        lines.add(new Attribute("inactive", ""));
        offered.values("rtpmap").stream()
                .filter(v -> v.startsWith(format + " "))
                .findFirst()
                .ifPresent(v -> lines.add(new Attribute("rtpmap", v)));
        return new MediaSection(offered.media(), 0, offered.protocol(), List.of(format), "IN IP4 0.0.0.0", lines);
    }
}
