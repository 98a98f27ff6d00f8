package io.convoke.media.relay;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * An address of this machine where clients are served. Ports: 0 for any that is free, {@link #OFF} for none.
 *
 * @param publicAddress how the outside knows the address, behind NAT; null: as it is
 * @param udpPort for TURN over UDP; likewise the others
 */
public record RelayListener(
        InetAddress address, @Nullable InetAddress publicAddress, int udpPort, int tcpPort, int tlsPort, int dtlsPort) {
    /** No port. */
    public static final int OFF = -1;

    /** UDP only. */
    public static RelayListener udp(InetAddress address, int port) {
        return new RelayListener(address, null, port, OFF, OFF, OFF);
    }

    /** As the outside knows it. */
    public InetAddress announced() {
        return publicAddress == null ? address : publicAddress;
    }
}
