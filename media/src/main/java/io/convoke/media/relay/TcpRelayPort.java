package io.convoke.media.relay;

import io.convoke.media.relay.peer.PeerPort;
import io.convoke.protocols.turn.Allocation;
import io.convoke.protocols.turn.RelayPort;
import io.convoke.protocols.turn.TransportAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A relayed address of TCP (RFC 6062). On its loop's thread. */
final class TcpRelayPort implements RelayPort {
    private final PortRange range;
    private final Allocation allocation;
    private final TransportAddress relayed;
    private @Nullable PeerPort port;

    TcpRelayPort(PortRange range, int port, Allocation allocation) {
        this.range = range;
        this.allocation = allocation;
        relayed = TransportAddress.of(new InetSocketAddress(range.address().announced(), port));
    }

    @Override
    public TransportAddress relayed() {
        return relayed;
    }

    Allocation allocation() {
        return allocation;
    }

    PeerPort port() {
        return Objects.requireNonNull(port, "set as soon as it is bound");
    }

    void opened(PeerPort open) {
        port = open;
    }

    void close() {
        if (port != null) {
            port.close();
        }
        range.free(relayed.port());
    }
}
