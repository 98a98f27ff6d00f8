package io.convoke.media.client;

import io.convoke.protocols.sdp.Limits;
import io.convoke.protocols.sdp.MediaSection;
import io.convoke.protocols.sdp.Parsed;
import io.convoke.protocols.sdp.Sdp;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a server's answer tells a {@link SoftClient}.
 *
 * @param slotSsrcs mid → the SSRC the server sends with
 * @param candidates the server's host candidates, in the answer's order
 */
public record SoftAnswer(
        String ufrag,
        String pwd,
        String fingerprint,
        List<InetSocketAddress> candidates,
        Map<String, Integer> slotSsrcs,
        Map<String, String> directions) {

    public static SoftAnswer read(String text) {
        Sdp sdp = ((Parsed) Sdp.parse(text, Limits.DEFAULT)).sdp();
        Map<String, Integer> ssrcs = new HashMap<>();
        Map<String, String> directions = new HashMap<>();
        for (MediaSection section : sdp.sections()) {
            String mid = section.value("mid");
            String ssrc = section.value("ssrc");
            if (ssrc != null) {
                ssrcs.put(mid, Integer.parseUnsignedInt(ssrc.split(" ", 2)[0]));
            }
            for (String direction : List.of("sendrecv", "sendonly", "recvonly", "inactive")) {
                if (section.has(direction)) {
                    directions.put(mid, direction);
                }
            }
        }
        List<InetSocketAddress> candidates = sdp.sections().stream()
                .flatMap(section -> section.values("candidate").stream())
                .map(SoftAnswer::address)
                .distinct()
                .toList();
        return new SoftAnswer(
                first(sdp, "ice-ufrag"),
                first(sdp, "ice-pwd"),
                first(sdp, "fingerprint"),
                candidates,
                ssrcs,
                directions);
    }

    private static InetSocketAddress address(String candidate) {
        String[] fields = candidate.split(" ", -1);
        return new InetSocketAddress(fields[4], Integer.parseInt(fields[5]));
    }

    /** Session level or the first section that has it. */
    private static String first(Sdp sdp, String name) {
        return sdp.attributes().stream()
                .filter(attribute -> attribute.name().equals(name))
                .map(attribute -> attribute.value())
                .findFirst()
                .orElseGet(() -> sdp.sections().stream()
                        .filter(section -> section.has(name))
                        .map(section -> section.value(name))
                        .findFirst()
                        .orElseThrow());
    }
}
