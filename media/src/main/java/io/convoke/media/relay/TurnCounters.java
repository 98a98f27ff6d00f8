package io.convoke.media.relay;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * A relay's counts since its start, all loops together; at most a second old.
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
    static TurnCounters sum(List<LoopCounts> loops) {
        return new TurnCounters(
                sum(loops, LoopCounts::allocations),
                sum(loops, counts -> counts.datagrams().receivedDatagrams()),
                sum(loops, counts -> counts.datagrams().sentDatagrams()),
                sum(
                        loops,
                        counts -> counts.datagrams().receivedMessages()
                                + counts.datagrams().sentMessages()),
                sum(loops, counts -> counts.datagrams().dropped()),
                sum(loops, LoopCounts::packetsToPeers),
                sum(loops, LoopCounts::packetsToClients),
                sum(loops, LoopCounts::packetsRefused),
                sum(loops, LoopCounts::stunReceived),
                sum(loops, LoopCounts::stunMalformed),
                sum(loops, LoopCounts::stunLimited),
                sum(loops, LoopCounts::bindings),
                sum(loops, LoopCounts::challenges),
                sum(loops, LoopCounts::errors),
                sum(loops, LoopCounts::allocated),
                sum(loops, LoopCounts::freed),
                sum(loops, LoopCounts::overQuota),
                errorCodes(loops));
    }

    private static SortedMap<Integer, Long> errorCodes(List<LoopCounts> loops) {
        SortedMap<Integer, Long> all = new TreeMap<>();
        loops.forEach(loop -> loop.errorCodes().forEach((code, count) -> all.merge(code, count, Long::sum)));
        return all;
    }

    private static long sum(List<LoopCounts> loops, ToLongFunction<LoopCounts> count) {
        return loops.stream().mapToLong(count).sum();
    }
}
