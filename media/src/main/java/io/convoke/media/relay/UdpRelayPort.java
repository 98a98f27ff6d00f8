package io.convoke.media.relay;

import io.convoke.media.udp.DatagramFlow;
import io.convoke.media.udp.DatagramPort;
import io.convoke.protocols.turn.Allocation;
import io.convoke.protocols.turn.RelayPort;
import io.convoke.protocols.turn.TransportAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A relayed address of UDP and its socket. On its loop's thread. */
final class UdpRelayPort implements RelayPort {
    private final PortRange range;
    private final TransportAddress relayed;
    private @Nullable DatagramPort socket;
    /** Null while it is reserved for a later one (EVEN-PORT). */
    private @Nullable Allocation allocation;

    private @Nullable DatagramFlow lastFlow;
    private @Nullable TransportAddress lastPeer;

    UdpRelayPort(PortRange range, int port) {
        this.range = range;
        relayed = TransportAddress.of(new InetSocketAddress(range.address().announced(), port));
    }

    @Override
    public TransportAddress relayed() {
        return relayed;
    }

    PortRange range() {
        return range;
    }

    DatagramPort socket() {
        return Objects.requireNonNull(socket, "set as soon as it is bound");
    }

    void opened(DatagramPort open) {
        socket = open;
    }

    @Nullable
    Allocation allocation() {
        return allocation;
    }

    void belongsTo(Allocation owner) {
        allocation = owner;
    }

    /** Where Send indications to this peer go; the last one is kept. */
    DatagramFlow flowTo(TransportAddress peer, NatMap nat) {
        if (lastFlow == null || !peer.equals(lastPeer)) {
            lastPeer = peer;
            lastFlow = nat.flow(socket(), peer);
        }
        return lastFlow;
    }

    void close() {
        if (socket != null) {
            socket.close();
        }
        range.free(relayed.port());
    }
}
