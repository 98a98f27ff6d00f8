package io.convoke.media.sfu;

import io.convoke.protocols.rtp.HeaderExtensions;
import io.convoke.protocols.rtp.RtpHeader;
import io.convoke.protocols.sdp.Kind;
import io.convoke.protocols.sdp.Section;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The streams of one session: what its client sends, and its slots. Touched on the event loop only. */
final class SessionMedia {
    private static final int NO_EXTENSION = -1;

    private final Session session;
    private final int resendCachePackets;
    private final RandomGenerator random;
    private final List<IncomingStream> incoming = new ArrayList<>();
    private final Map<String, OutgoingStream> outgoingByMid = new HashMap<>();
    private List<OutgoingStream> slots = List.of();
    private final Map<String, Integer> ssrcByMid = new HashMap<>();
    private final boolean[] firstHeard = new boolean[2];

    SessionMedia(Session session, int resendCachePackets, RandomGenerator random) {
        this.session = session;
        this.resendCachePackets = resendCachePackets;
        this.random = random;
    }

    List<IncomingStream> incoming() {
        return incoming;
    }

    /** The slots in use, in the order of the media sections. */
    List<OutgoingStream> slots() {
        return slots;
    }

    /** The SSRC of the slot of that section: the same in every answer. */
    int slotSsrc(String mid) {
        return ssrcByMid.computeIfAbsent(mid, any -> freshSsrc());
    }

    /** What is negotiated from now on. {@code sources} names the source of each sending section by its mid. */
    void apply(List<Section> sections, Map<String, String> sources) {
        List<IncomingStream> before = List.copyOf(incoming);
        incoming.clear();
        List<OutgoingStream> receiving = new ArrayList<>();
        for (OutgoingStream slot : outgoingByMid.values()) {
            slot.active = false;
        }
        for (Section section : sections) {
            if (section.accepted() && section.clientSends()) {
                incoming.add(sending(before, section, sources.getOrDefault(section.mid(), "")));
            }
            if (section.accepted() && section.clientReceives()) {
                receiving.add(receiving(section));
            }
        }
        Set<String> mids = sections.stream().map(Section::mid).collect(Collectors.toSet());
        ssrcByMid.keySet().retainAll(mids);
        for (IncomingStream stream : before) {
            if (!incoming.contains(stream)) {
                end(stream);
            }
        }
        for (OutgoingStream slot : outgoingByMid.values()) {
            if (!slot.active) {
                slot.carry(null);
            }
        }
        outgoingByMid.keySet().retainAll(mids);
        slots = receiving;
    }

    /** Everything ends: nobody gets these streams any more, and nothing comes to these slots. */
    void close() {
        incoming.forEach(SessionMedia::end);
        incoming.clear();
        outgoingByMid.values().forEach(slot -> slot.carry(null));
        slots = List.of();
    }

    /** The stream that an authenticated packet belongs to; a new SSRC finds its section by mid or payload type. */
    @Nullable
    IncomingStream streamOf(byte[] packet, int length) {
        int ssrc = RtpHeader.ssrc(packet, 0);
        for (int i = 0; i < incoming.size(); i++) {
            IncomingStream stream = incoming.get(i);
            if (stream.bound && stream.ssrc == ssrc) {
                return stream;
            }
        }
        IncomingStream stream = byMid(packet, length);
        if (stream == null) {
            stream = byPayloadType(RtpHeader.payloadType(packet, 0));
        }
        if (stream != null) {
            stream.bind(ssrc);
        }
        return stream;
    }

    @Nullable
    IncomingStream incoming(int ssrc) {
        for (int i = 0; i < incoming.size(); i++) {
            if (incoming.get(i).bound && incoming.get(i).ssrc == ssrc) {
                return incoming.get(i);
            }
        }
        return null;
    }

    @Nullable
    OutgoingStream slot(int ssrc) {
        for (int i = 0; i < slots.size(); i++) {
            if (slots.get(i).ssrc == ssrc) {
                return slots.get(i);
            }
        }
        return null;
    }

    /** Whether this is the first packet of that kind. */
    boolean firstOf(boolean video) {
        int index = video ? 1 : 0;
        boolean first = !firstHeard[index];
        firstHeard[index] = true;
        return first;
    }

    private IncomingStream sending(List<IncomingStream> before, Section section, String source) {
        IncomingStream stream = before.stream()
                .filter(known -> known.mid.equals(section.mid()) && known.video == (section.kind() == Kind.VIDEO))
                .findFirst()
                .orElseGet(() -> new IncomingStream(session, section, source, resendCachePackets));
        stream.section = section;
        stream.source = source;
        int[] announced = section.remoteSsrcs();
        boolean known = false;
        for (int ssrc : announced) {
            known |= stream.bound && stream.ssrc == ssrc;
        }
        if (announced.length > 0 && !known) {
            stream.bind(announced[0]);
        }
        return stream;
    }

    private OutgoingStream receiving(Section section) {
        OutgoingStream slot = outgoingByMid.computeIfAbsent(section.mid(), mid -> {
            int clockRateHz = section.kind() == Kind.VIDEO ? 90_000 : 48_000;
            SequenceRewriter rewriter = new SequenceRewriter(random.nextInt(), random.nextInt(), clockRateHz);
            return new OutgoingStream(session, section, slotSsrc(mid), rewriter);
        });
        slot.active = true;
        int mark = MidMark.of(section.midExtId(), section.mid());
        if (slot.payloadType != section.payloadType() || slot.mark != mark) {
            // What was sent must not be sent again with another header: the same key and index would protect two texts.
            slot.interrupt();
        }
        slot.codec = section.codec();
        slot.payloadType = section.payloadType();
        slot.mark = mark;
        return slot;
    }

    private static void end(IncomingStream stream) {
        for (OutgoingStream slot : stream.slots) {
            slot.carry(null);
        }
    }

    private @Nullable IncomingStream byMid(byte[] packet, int length) {
        for (int i = 0; i < incoming.size(); i++) {
            IncomingStream stream = incoming.get(i);
            int id = stream.section.midExtId();
            long found = id == NO_EXTENSION ? HeaderExtensions.NONE : HeaderExtensions.find(packet, 0, length, id);
            if (found != HeaderExtensions.NONE) {
                String mid = new String(
                        packet,
                        HeaderExtensions.offset(found),
                        HeaderExtensions.length(found),
                        StandardCharsets.US_ASCII);
                if (mid.equals(stream.mid)) {
                    return stream;
                }
            }
        }
        return null;
    }

    /** Only where it leaves no doubt: one stream that uses the payload type and whose SSRC is unknown yet. */
    private @Nullable IncomingStream byPayloadType(int payloadType) {
        IncomingStream only = null;
        for (IncomingStream stream : incoming) {
            if (stream.section.payloadType() == payloadType) {
                if (only != null) {
                    return null;
                }
                only = stream;
            }
        }
        return only == null || only.bound ? null : only;
    }

    private int freshSsrc() {
        int ssrc = random.nextInt();
        return ssrc == 0 || ssrcByMid.containsValue(ssrc) ? freshSsrc() : ssrc;
    }
}
