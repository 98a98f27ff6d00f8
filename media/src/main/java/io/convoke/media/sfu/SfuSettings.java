package io.convoke.media.sfu;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a selective forwarding unit is started with.
 *
 * @param addresses the local addresses to listen on, one socket each, all with the same port; each becomes an ICE candidate
 * @param port UDP port, 0 for any free one
 * @param sendBufferBytes socket send buffer, 0 for the system's default
 * @param receiveBufferBytes socket receive buffer, 0 for the system's default
 * @param maxSessions sessions at once; one more is refused with {@link SfuFull}
 * @param maxHandshakesInFlight DTLS handshakes at once; further ones wait in the order in which their clients connected
 * @param dtlsThreads handshakes that compute at once; those that wait for their peer do not count
 * @param handshakeTimeout after which a DTLS handshake that does not end has failed
 * @param iceTimeout after an offer without a valid connectivity check the session has failed
 * @param consentTimeout without a valid connectivity check an established session has failed (RFC 7675 speaks of 30 s)
 * @param maxVideoBitrateBps asked of each video sender with REMB
 * @param maxSdpBytes longest offer
 * @param maxSections most media sections in an offer
 * @param resendCachePackets recent packets kept of each video stream for NACKs; rounded up to a power of two
 * @param publicAddress announced as one more candidate where the node is behind a 1:1 NAT
 */
public record SfuSettings(
        List<InetAddress> addresses,
        int port,
        int sendBufferBytes,
        int receiveBufferBytes,
        int maxSessions,
        int maxHandshakesInFlight,
        int dtlsThreads,
        Duration handshakeTimeout,
        Duration iceTimeout,
        Duration consentTimeout,
        int maxVideoBitrateBps,
        int maxSdpBytes,
        int maxSections,
        int resendCachePackets,
        @Nullable String publicAddress) {

    public SfuSettings {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("Expected at least one media address, but there is none");
        }
        atLeast(1, maxSessions, "maxSessions");
        atLeast(1, maxHandshakesInFlight, "maxHandshakesInFlight");
        atLeast(1, dtlsThreads, "dtlsThreads");
        atLeast(16, resendCachePackets, "resendCachePackets");
        atLeast(1, maxSections, "maxSections");
        atLeast(1, maxSdpBytes, "maxSdpBytes");
    }

    /** Everything but addresses and port as a single node wants it. */
    public static SfuSettings defaults(List<InetAddress> addresses, int port) {
        return new SfuSettings(
                addresses,
                port,
                4 << 20,
                4 << 20,
                1_000,
                32,
                2,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(15),
                2_000_000,
                128 * 1024,
                64,
                512,
                null);
    }

    private static void atLeast(int least, int value, String name) {
        if (value < least) {
            throw new IllegalArgumentException("Expected " + name + " of at least " + least + ", but found " + value);
        }
    }
}
