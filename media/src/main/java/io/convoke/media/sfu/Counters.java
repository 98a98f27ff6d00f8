package io.convoke.media.sfu;

import java.util.EnumMap;
import java.util.Map;

/** The unit's counts. Touched on the event loop only. */
@SuppressWarnings("EnumOrdinal") // an array instead of a map: counting happens for each packet
final class Counters {
    private static final DropReason[] REASONS = DropReason.values();

    private final long[] drops = new long[REASONS.length];
    long packetsIn;
    long packetsOut;
    long bytesIn;
    long bytesOut;

    void drop(DropReason reason) {
        drops[reason.ordinal()]++;
    }

    Map<DropReason, Long> drops() {
        Map<DropReason, Long> all = new EnumMap<>(DropReason.class);
        for (DropReason reason : REASONS) {
            all.put(reason, drops[reason.ordinal()]);
        }
        return all;
    }
}
