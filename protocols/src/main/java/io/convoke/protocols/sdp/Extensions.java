package io.convoke.protocols.sdp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The header extensions one section offers (RFC 8285 §5). */
final class Extensions {
    static final String AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
    static final String MID = "urn:ietf:params:rtp-hdrext:sdes:mid";

    private record Mapping(int id, String direction, String uri) {}

    private final List<Mapping> mappings = new ArrayList<>();
    private @Nullable Rejected wrong;

    Extensions(List<String> values) {
        for (String value : values) {
            String[] parts = value.split(" ", 3);
            int slash = parts[0].indexOf('/');
            int id = Tokens.number(slash < 0 ? parts[0] : parts[0].substring(0, slash), 4351);
            if (parts.length < 2 || id < 1 || (id > 255 && id < 4096)) {
                wrong = new Rejected("badExtmap", "a=extmap:<1 to 255>[/<direction>] <URI>", "a=extmap:" + value);
                return;
            }
            mappings.add(new Mapping(id, slash < 0 ? "sendrecv" : parts[0].substring(slash + 1), parts[1]));
        }
    }

    @Nullable
    Rejected wrong() {
        return wrong;
    }

    /**
     * Takes an extension the client sends and adds its line to the answer.
     *
     * @return its id, 1 to 255; -1 when it is not offered, or when its id stands for something else as well
     */
    int take(String uri, List<Attribute> answer) {
        for (Mapping mapping : mappings) {
            boolean sent = mapping.direction().equals("sendrecv")
                    || mapping.direction().equals("sendonly");
            if (mapping.uri().equals(uri) && sent && mapping.id() <= 255 && unambiguous(mapping)) {
                String ours = mapping.direction().equals("sendonly") ? "/recvonly " : " ";
                answer.add(new Attribute("extmap", mapping.id() + ours + uri));
                return mapping.id();
            }
        }
        return -1;
    }

    private boolean unambiguous(Mapping mapping) {
        return mappings.stream()
                .noneMatch(m -> m.id() == mapping.id() && !m.uri().equals(mapping.uri()));
    }
}
