package io.convoke.media.relay;

import io.convoke.media.udp.PlaneCounters;
import java.util.Collections;
import java.util.SortedMap;

/** A loop's counts at a moment, for other threads. */
record LoopCounts(
        long allocations,
        PlaneCounters datagrams,
        long packetsToPeers,
        long packetsToClients,
        long packetsRefused,
        long stunReceived,
        long stunMalformed,
        long stunLimited,
        long bindings,
        long challenges,
        long errors,
        long allocated,
        long freed,
        long overQuota,
        SortedMap<Integer, Long> errorCodes) {
    static final LoopCounts NONE = new LoopCounts(
            0, new PlaneCounters(0, 0, 0, 0, 0), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Collections.emptySortedMap());
}
