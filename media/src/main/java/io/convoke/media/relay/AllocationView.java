package io.convoke.media.relay;

import io.convoke.protocols.turn.PeerTransport;
import io.convoke.protocols.turn.Transport;
import io.convoke.protocols.turn.TransportAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An allocation at a moment.
 *
 * @param transport between client and relay, as {@code client} and {@code listener}, the address that the client talks to
 * @param relayed as peers see it, one for each family
 * @param permissions peers' addresses, ports 0
 * @param channels number → peer
 * @param bytesToPeers of payloads, likewise the other three counts
 * @param packetsDropped not permitted, over the bandwidth, or unsendable; both ways
 */
public record AllocationView(
        UUID id,
        String username,
        Transport transport,
        PeerTransport peerTransport,
        TransportAddress client,
        TransportAddress listener,
        List<TransportAddress> relayed,
        List<TransportAddress> permissions,
        Map<Integer, TransportAddress> channels,
        long packetsToPeers,
        long bytesToPeers,
        long packetsToClient,
        long bytesToClient,
        long packetsDropped,
        Instant created,
        Instant expires) {}
