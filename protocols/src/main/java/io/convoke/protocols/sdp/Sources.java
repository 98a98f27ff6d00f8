package io.convoke.protocols.sdp;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The SSRCs one section announces (RFC 5576): {@code a=ssrc} and {@code a=ssrc-group}. */
final class Sources {
    private static final int MAX = 32;
    /** Groups whose members after the first only repair it; not taken, so never sent. */
    private static final Set<String> REPAIR = Set.of("FID", "FEC", "FEC-FR");

    private final Set<Integer> announced = new LinkedHashSet<>();
    private final Set<Integer> repairing = new HashSet<>();
    private @Nullable Rejected wrong;

    Sources(MediaSection section) {
        for (String value : section.values("ssrc")) {
            add(announced, value.split(" ", 2)[0], "a=ssrc:" + value);
        }
        for (String value : section.values("ssrc-group")) {
            List<String> parts = List.of(value.split(" +"));
            if (parts.size() > 2 && REPAIR.contains(parts.get(0))) {
                parts.subList(2, parts.size()).forEach(p -> add(repairing, p, "a=ssrc-group:" + value));
            }
        }
        if (announced.size() > MAX) {
            wrong = new Rejected("tooManySsrcs", "at most " + MAX + " SSRCs in a section", announced.size() + " SSRCs");
        }
    }

    private void add(Set<Integer> to, String text, String line) {
        try {
            to.add(Integer.parseUnsignedInt(text));
        } catch (NumberFormatException notAnSsrc) {
            wrong = new Rejected("badSsrc", "an SSRC from 0 to 4294967295", line);
        }
    }

    @Nullable
    Rejected wrong() {
        return wrong;
    }

    /** In the order of the section, without those that only repair. */
    int[] primary() {
        return announced.stream()
                .filter(s -> !repairing.contains(s))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
