package io.convoke.protocols.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of one offered section; thrown away after use. */
final class SectionReader {
    private static final Set<String> PROTOCOLS =
            Set.of("UDP/TLS/RTP/SAVPF", "UDP/TLS/RTP/SAVP", "TCP/DTLS/RTP/SAVPF", "RTP/SAVPF"); // RFC 8829 §5.1.2

    private final int index;
    private final MediaSection offered;
    private final Direction theirs;
    private final boolean bundled;
    private final List<Attribute> lines = new ArrayList<>();
    private @Nullable Rejected wrong;

    SectionReader(int index, MediaSection offered, Direction theirs, boolean bundled) {
        this.index = index;
        this.offered = offered;
        this.theirs = theirs;
        this.bundled = bundled;
    }

    /** What spoils the whole offer; null when nothing does. */
    @Nullable
    Rejected wrong() {
        return wrong;
    }

    SectionPlan read(IntFunction<Integer> slotSsrc) {
        String mid = offered.mid();
        int payloadType = bundled && PROTOCOLS.contains(offered.protocol()) ? payloadType() : -1;
        if (payloadType < 0 || mid == null) {
            return new SectionPlan(offered, Section.refused(index, offered), Direction.INACTIVE, List.of());
        }
        var extensions = new Extensions(offered.values("extmap"));
        var sources = new Sources(offered);
        wrong = extensions.wrong() == null ? sources.wrong() : extensions.wrong();
        boolean audio = offered.kind() == Kind.AUDIO;
        int levelId = audio ? extensions.take(Extensions.AUDIO_LEVEL, lines) : -1;
        int midId = extensions.take(Extensions.MID, lines);
        lines.add(new Attribute("rtpmap", payloadType + " " + (audio ? "opus/48000/2" : "VP8/90000")));
        if (audio) {
            lines.add(new Attribute("fmtp", payloadType + " minptime=10;useinbandfec=1"));
        }
        var section = new Section(
                index,
                mid,
                offered.kind(),
                true,
                theirs.sends,
                theirs.receives,
                payloadType,
                audio ? "opus" : "VP8",
                levelId,
                midId,
                sources.primary(),
                feedback(payloadType, "nack"),
                feedback(payloadType, "nack pli"),
                feedback(payloadType, "ccm fir"),
                feedback(payloadType, "goog-remb"),
                theirs.receives && wrong == null ? slotSsrc.apply(index) : 0);
        return new SectionPlan(offered, section, theirs.mirrored(), List.copyOf(lines));
    }

    /** The first payload type with the section's codec; -1 when none is taken. */
    private int payloadType() {
        String codec = switch (offered.kind()) {
            case AUDIO -> "opus/48000/2";
            case VIDEO -> "vp8/90000";
            case OTHER -> "";
        };
        for (String format : offered.formats()) {
            int type = Tokens.number(format, 127);
            // 64 to 95 cannot be told from RTCP on a multiplexed port (RFC 5761 §4).
            if (type >= 0 && (type < 64 || type > 95) && codec.equals(encoding(format))) {
                return type;
            }
        }
        return -1;
    }

    private String encoding(String format) {
        return offered.values("rtpmap").stream()
                .filter(v -> v.startsWith(format + " "))
                .map(v -> v.substring(format.length() + 1).trim().toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse("none");
    }

    /** Offered for this payload type or for all (RFC 4585 §4.2); then it goes into the answer too. Video only. */
    private boolean feedback(int payloadType, String what) {
        List<String> all = offered.values("rtcp-fb");
        boolean both =
                offered.kind() == Kind.VIDEO && (all.contains(payloadType + " " + what) || all.contains("* " + what));
        if (both) {
            lines.add(new Attribute("rtcp-fb", payloadType + " " + what));
        }
        return both;
    }
}
