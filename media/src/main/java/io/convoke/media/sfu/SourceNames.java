package io.convoke.media.sfu;

import io.convoke.protocols.sdp.Kind;
import io.convoke.protocols.sdp.Section;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client says its sending media sections carry, and what they are taken for where it says nothing. */
final class SourceNames {
    private static final Set<String> AUDIO = Set.of("microphone", "screenAudio");
    private static final Set<String> VIDEO = Set.of("camera", "screen");

    private SourceNames() {}

    /** Null when every name fits its section. */
    static OfferOutcome.@Nullable Rejected check(List<Section> sections, Map<String, String> asked) {
        for (Section section : sections) {
            String name = asked.get(section.mid());
            Set<String> fitting = section.kind() == Kind.VIDEO ? VIDEO : AUDIO;
            if (name != null && section.accepted() && !fitting.contains(name)) {
                return new OfferOutcome.Rejected(
                        "badSources",
                        String.join(" or ", fitting.stream().sorted().toList()) + " as source of mid " + section.mid(),
                        name.length() > 40 ? name.substring(0, 40) : name);
            }
        }
        return null;
    }

    /**
     * Mid → source for each sending section: what is asked for, else what it was before, else microphone and camera for the first of its
     * kind and screen for the others.
     */
    static Map<String, String> resolve(List<Section> sections, Map<String, String> asked, Map<String, String> before) {
        Map<String, String> sources = new HashMap<>();
        for (Section section : sections) {
            String name = asked.getOrDefault(section.mid(), before.get(section.mid()));
            if (section.accepted() && section.clientSends() && name != null) {
                sources.put(section.mid(), name);
            }
        }
        for (Section section : sections) {
            if (section.accepted() && section.clientSends() && !sources.containsKey(section.mid())) {
                boolean video = section.kind() == Kind.VIDEO;
                String first = video ? "camera" : "microphone";
                String other = video ? "screen" : "screenAudio";
                sources.put(section.mid(), sources.containsValue(first) ? other : first);
            }
        }
        return sources;
    }
}
