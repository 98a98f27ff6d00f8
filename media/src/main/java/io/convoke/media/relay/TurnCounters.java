package io.convoke.media.relay;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A relay's counts since its start, or one loop's; at most a second old.
 *
 * @param allocations that stand now
 * @param datagramsReceived on all UDP sockets, likewise {@code datagramsSent}
 * @param systemMessages of them, with several datagrams in one message counted once; both ways
 * @param datagramsDropped not sent because of a full buffer, an unreachable peer or another error of a socket
 * @param packetsToPeers relayed, likewise {@code packetsToClients}
 * @param packetsRefused not relayed: no permission, no channel, or no bandwidth
 * @param stunReceived STUN messages
 * @param stunMalformed dropped: no STUN, or a wrong checksum
 * @param stunLimited dropped: over their source's rate
 * @param bindings Binding requests answered
 * @param challenges requests answered 401 or 438
 * @param errors requests answered with another error
 * @param allocated allocations made, likewise {@code freed}
 * @param overQuota Allocate requests answered 486 or 508
 * @param errorCodes requests answered with an error, by its code
 */
public record TurnCounters(
        long allocations,
        long datagramsReceived,
        long datagramsSent,
        long systemMessages,
        long datagramsDropped,
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
    static final TurnCounters NONE =
            new TurnCounters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Collections.emptySortedMap());

    static TurnCounters sum(List<TurnCounters> loops) {
        return loops.stream().reduce(NONE, TurnCounters::plus);
    }

    private TurnCounters plus(TurnCounters other) {
        SortedMap<Integer, Long> codes = new TreeMap<>(errorCodes);
        other.errorCodes.forEach((code, count) -> codes.merge(code, count, Long::sum));
        return new TurnCounters(
                allocations + other.allocations,
                datagramsReceived + other.datagramsReceived,
                datagramsSent + other.datagramsSent,
                systemMessages + other.systemMessages,
                datagramsDropped + other.datagramsDropped,
                packetsToPeers + other.packetsToPeers,
                packetsToClients + other.packetsToClients,
                packetsRefused + other.packetsRefused,
                stunReceived + other.stunReceived,
                stunMalformed + other.stunMalformed,
                stunLimited + other.stunLimited,
                bindings + other.bindings,
                challenges + other.challenges,
                errors + other.errors,
                allocated + other.allocated,
                freed + other.freed,
                overQuota + other.overQuota,
                codes);
    }
}
