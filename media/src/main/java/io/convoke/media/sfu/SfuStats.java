package io.convoke.media.sfu;

import java.util.Map;

/**
 * The whole unit's counters since its start; gauges are of this moment.
 *
 * @param addresses remote addresses with a valid connectivity check
 * @param drops datagrams not processed, by reason (see {@link DropReason}), each reason present
 * @param handshakesWaiting DTLS handshakes that wait because as many as allowed are under way
 */
public record SfuStats(
        int sessions,
        int addresses,
        long packetsIn,
        long packetsOut,
        long bytesIn,
        long bytesOut,
        Map<DropReason, Long> drops,
        int handshakesInFlight,
        int handshakesWaiting,
        long handshakesDone,
        long handshakesFailed) {}
