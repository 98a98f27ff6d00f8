package io.convoke.media.relay.stream;

import java.time.Duration;

/**
 * What clients on TCP, TLS and DTLS may cost.
 *
 * @param maxConnections of TCP and TLS at once, on all listeners
 * @param maxAssociations of DTLS at once, likewise
 * @param maxPerSource of either at once from one IPv4 address or one IPv6 network of 64 bits
 * @param maxHandshakes of TLS at once, and of DTLS, but of those no more than 256, as each has a thread: a connection that comes then is closed at once, a
 *     datagram dropped
 * @param maxQueuedBytes for each connection, beyond what the system's socket buffer takes: relayed data over it is dropped, and who makes answers pile up to twice
 *     of it is closed
 * @param handshakeTimeout from the connection, or the client's first DTLS message, to the end of the handshake
 * @param idleTimeout without a whole message, for who has no allocation
 * @param stallTimeout how long a peer may take nothing of what it is sent
 */
public record StreamLimits(
        int maxConnections,
        int maxAssociations,
        int maxPerSource,
        int maxHandshakes,
        int maxQueuedBytes,
        Duration handshakeTimeout,
        Duration idleTimeout,
        Duration stallTimeout) {
    /** For a machine of middling size. */
    public static final StreamLimits DEFAULT = new StreamLimits(
            20_000,
            20_000,
            1_000,
            1_000,
            256 << 10,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30));

    public StreamLimits {
        if (maxConnections < 1 || maxAssociations < 1 || maxPerSource < 1 || maxHandshakes < 1 || maxQueuedBytes < 1) {
            throw new IllegalArgumentException("Expected limits of at least 1, but some are lower");
        }
    }
}
